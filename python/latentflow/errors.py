"""Errors of the package: one line that says what failed, with which file or value, and why."""


class LatentFlowError(Exception):
    """Any error of this package or of the program that it runs."""


class InputError(LatentFlowError, ValueError):
    """Bad input: a wrong name, value or file. The program's exit code 2."""


class RunError(LatentFlowError, RuntimeError):
    """A failure while something ran, such as a full disk. The program's exit code 1."""

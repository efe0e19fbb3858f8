"""Runs the programs of one build in a folder of its own."""
import os
import shutil
import subprocess
from pathlib import Path

LIMIT = 900  # seconds that one call may take


def environment(home):
    """Home and caches in `home`, no download; data, threads and arithmetic are those of the caller."""
    folders = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "LATENTFLOW_CACHE")
    return dict(os.environ, **{name: str(home) for name in folders}, LATENTFLOW_MIRRORS="http://127.0.0.1:9",
                OMP_WAIT_POLICY="PASSIVE", LC_ALL="C", TZ="UTC", COLUMNS="100", LIBGL_ALWAYS_SOFTWARE="1")


class Side:
    """The base or the new build: where its programs are, and where they run."""

    def __init__(self, name, programs, folder):
        self.name, self.programs, self.folder = name, Path(programs), Path(folder)
        self.home = self.folder / "home"
        self.home.mkdir(parents=True)

    def call(self, program, *arguments, within=()):
        """Runs a program of this build; never raises for its exit code. `within` is a command to run it in."""
        command = [*within, str(self.programs / program), *[str(a) for a in arguments]]
        try:
            return subprocess.run(command, cwd=self.folder, env=environment(self.home), timeout=LIMIT, text=True,
                                  errors="replace", stdin=subprocess.DEVNULL, capture_output=True)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 124, "", f"not done after {LIMIT} s")

    def latentflow(self, *arguments):
        return self.call("latentflow", *arguments)

    def script(self, name, lines):
        """Runs a script without a window."""
        (self.folder / name).write_text("\n".join(lines) + "\n")
        return self.latentflow("run", name)

    def take(self, source, name):
        """A copy of a file or folder of another side."""
        target = self.folder / name
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if Path(source).is_dir() else shutil.copy2)(source, target)
        return name


def last_line(done):
    """What a call said last."""
    lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
    return lines[-1] if lines else ""

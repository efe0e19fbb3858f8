#!/usr/bin/env python3
"""Tests the Python package with files that the program writes, its commands, and TensorBoard's files.

Usage: package_test.py PROGRAM. Exits 77, which ctest reads as skipped, without numpy. One short run serves all."""
import sys
import unittest

from workbench import SKIPPED, Bench, missing_packages

if missing_packages("numpy"):
    print(f"numpy is not installed for {sys.executable}: skipped")
    sys.exit(SKIPPED)

import commands_test  # noqa: E402
import files_test  # noqa: E402
import notebook_test  # noqa: E402
import tensorboard_test  # noqa: E402

MODULES = (files_test, tensorboard_test, commands_test, notebook_test)


def main():
    bench = Bench(sys.argv[1])
    tests = unittest.TestSuite()
    for module in MODULES:
        module.bench = bench
        tests.addTests(unittest.defaultTestLoader.loadTestsFromModule(module))
    passed = unittest.TextTestRunner(verbosity=2).run(tests).wasSuccessful()
    bench.close()
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Fails if the program's needed libraries name LibTorch.

Loading LibTorch costs over half a second, and OMP_WAIT_POLICY must be set before it is loaded: hence the
window comes up first and the worker opens the core library itself. Linking it would undo both.

    no_torch_needed.py PROGRAM
"""
import re
import subprocess
import sys

FORBIDDEN = re.compile(r"lib(torch|c10|cuda|gomp|latentflow_core)")


def needed_libraries(program):
    """The names in the program's NEEDED entries."""
    listing = subprocess.run(["readelf", "-d", "--wide", program], check=True, capture_output=True, text=True)
    return re.findall(r"\(NEEDED\).*\[(.*)\]", listing.stdout)


def main():
    needed = needed_libraries(sys.argv[1])
    wrong = [name for name in needed if FORBIDDEN.match(name)]
    print(f"{sys.argv[1]} needs {', '.join(needed)}")
    if wrong:
        print(f"the program must not link {', '.join(wrong)}: only the worker opens them")
    return 1 if wrong or not needed else 0


if __name__ == "__main__":
    sys.exit(main())

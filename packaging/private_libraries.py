#!/usr/bin/env python3
"""Copies the libraries that a package carries, found with ldd, under the names that the programs ask for.

LibTorch and its companions, and libraries whose name differs among distributions, always come from the package
(--private). The others come from the system; the self-extracting archive brings copies (--fallback) that its installer
uses where the system has none. Nothing of glibc or GCC is copied.

    private_libraries.py --private DIR | --fallback DIR  --torch DIR  BINARY...
"""
import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

# Every machine with glibc 2.35 has these.
OF_THE_SYSTEM = re.compile(r"(linux-vdso|ld-linux.*|lib(c|m|dl|rt|pthread|resolv|util|nsl|gcc_s|stdc\+\+))\.so.*")
# Debian's libjpeg.so.62 is libjpeg.so.8 on Ubuntu.
DIFFERS_AMONG_SYSTEMS = re.compile(r"libjpeg\.so.*")


def needed_by(binary):
    """{name: path} of all libraries that a binary needs, and that these need in turn."""
    done = subprocess.run(["ldd", str(binary)], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"private_libraries.py: ldd {binary} failed: {done.stderr.strip()}")
    missing = re.findall(r"^\s*(\S+) => not found", done.stdout, re.MULTILINE)
    if missing:
        raise SystemExit(f"private_libraries.py: {binary} needs {', '.join(missing)}, which this machine lacks")
    return {name: Path(path) for name, path in re.findall(r"^\s*(\S+) => (/\S+)", done.stdout, re.MULTILINE)}


def is_private(name, path, torch):
    """True for a library that the package carries on every system."""
    return path.parent.resolve() == torch.resolve() or bool(DIFFERS_AMONG_SYSTEMS.fullmatch(name))


def split(libraries, torch):
    """(private, fallback) of {name: path}."""
    own = {n: p for n, p in libraries.items() if not OF_THE_SYSTEM.fullmatch(n) or is_private(n, p, torch)}
    private = {n: p for n, p in own.items() if is_private(n, p, torch)}
    return private, {n: p for n, p in own.items() if n not in private}


def copy(libraries, folder):
    """Copies them without their tables of local symbols: a fifth of LibTorch."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in sorted(libraries.items()):
        target = folder / name
        shutil.copyfile(path, target)
        subprocess.run(["strip", "--strip-unneeded", str(target)], check=True)
        target.chmod(0o644)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--private", type=Path)
    parser.add_argument("--fallback", type=Path)
    parser.add_argument("--torch", type=Path, required=True, help="folder of libtorch_cpu.so")
    parser.add_argument("binaries", type=Path, nargs="+")
    arguments = parser.parse_args()
    libraries = {}
    for binary in arguments.binaries:
        libraries.update(needed_by(binary))
    private, fallback = split(libraries, arguments.torch)
    for folder, chosen in ((arguments.private, private), (arguments.fallback, fallback)):
        if folder:
            copy(chosen, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())

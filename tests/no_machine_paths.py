#!/usr/bin/env python3
"""Fails if a text file of the project names a folder of the machine it was written on.

Looked for: home folders (of any person, of this one) and the place of this very clone.

    no_machine_paths.py [ROOT]
"""
import os
import re
import subprocess
import sys
from pathlib import Path

HOME_FOLDER = r"/(?:home|Users)/[A-Za-z0-9_.-]+|/root(?=/)"


def forbidden(root):
    """The pattern of paths that mean one machine only. A path of a single part is too common a word."""
    places = [str(p) for p in (root.resolve(), Path(os.environ.get("HOME", "/")).resolve()) if len(p.parts) > 2]
    # Not preceded by what makes it the tail of a longer path, of a variable or of an address.
    return re.compile(r"(?<![\w.})~-])(?:" + "|".join([HOME_FOLDER, *map(re.escape, places)]) + r")(?![\w-])")


def project_files(root):
    """Files that git knows or would take; everything but build folders where there is no git."""
    command = ["git", "-c", f"safe.directory={root}", "-C", str(root), "ls-files", "-z",
               "--cached", "--others", "--exclude-standard"]
    try:
        listing = subprocess.run(command, check=True, capture_output=True)
        return sorted({root / name for name in listing.stdout.decode().split("\0") if name})
    except (OSError, subprocess.CalledProcessError):
        skipped = {".git", "build", "out", "__pycache__"}
        return sorted(f for f in root.rglob("*") if not skipped & set(f.relative_to(root).parts))


def violations(root):
    """One line for each place that names a machine's folder. Binary files are passed over."""
    pattern, lines = forbidden(root), []
    for file in project_files(root):
        if not file.is_file():
            continue
        content = file.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
            found = pattern.search(line)
            if found:
                lines.append(f"{file.relative_to(root)}:{number}: names the folder {found.group()}")
    return lines


def self_test():
    """The pattern must find planted paths and leave harmless ones alone."""
    pattern = forbidden(Path("/srv/some/clone"))
    for bad in ('"/home' + '/ann/x"', "/root" + "/x", "see /srv/some" + "/clone/core", "/Users" + "/ann"):
        assert pattern.search(bad), bad
    for good in ("~/.cache/x", "$HOME/x", "build/root/x", "${dir}/home/x", "/usr/share/fonts", "/srv/some" + "/cloned"):
        assert not pattern.search(good), good


def main():
    self_test()
    lines = violations(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent))
    print("\n".join(lines) if lines else "no file names a machine's folder")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

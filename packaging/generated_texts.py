#!/usr/bin/env python3
"""Writes what a package generates from the program's option tables: man page and completion of three shells.

    generated_texts.py --program FILE --date YYYY-MM-DD --share DIR [--changelog FILE --doc DIR --version V --contact C]

The folder gets the layout of /usr/share. With --doc, the changelogs of a Debian package follow.
"""
import argparse
import datetime
import email.utils
import gzip
import subprocess
import sys
from pathlib import Path

PLACES = {"bash": "bash-completion/completions/latentflow", "zsh": "zsh/site-functions/_latentflow",
          "fish": "fish/vendor_completions.d/latentflow.fish"}


def printed(program, *words):
    """What the program prints."""
    done = subprocess.run([str(program), *words], capture_output=True)
    if done.returncode != 0:
        raise SystemExit(f"generated_texts.py: {program} {' '.join(words)} failed: {done.stderr.decode().strip()}")
    return done.stdout


def debian_changelog(version, day, contact):
    """One entry in Debian's format; the changes themselves are in CHANGELOG.md.gz beside it."""
    noon = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    return (f"latentflow ({version}) stable; urgency=medium\n\n  * The changes are in CHANGELOG.md.gz.\n\n"
            f" -- {contact}  {email.utils.format_datetime(noon)}\n").encode()


def compressed(data):
    return gzip.compress(data, 9, mtime=0)


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o644)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--date", required=True)
    parser.add_argument("--share", type=Path, required=True)
    parser.add_argument("--changelog", type=Path)
    parser.add_argument("--doc", type=Path)
    parser.add_argument("--version", default="")
    parser.add_argument("--contact", default="")
    arguments = parser.parse_args()
    page = printed(arguments.program, "manual", "--date", arguments.date)
    write(arguments.share / "man/man1/latentflow.1.gz", compressed(page))
    for shell, place in PLACES.items():
        write(arguments.share / place, printed(arguments.program, "completion", shell))
    if arguments.doc:
        entry = debian_changelog(arguments.version, arguments.date, arguments.contact)
        write(arguments.doc / "changelog.gz", compressed(entry))
        write(arguments.doc / "CHANGELOG.md.gz", compressed(arguments.changelog.read_bytes()))
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Writes the licence notices of everything that a package contains.

    OUT/copyright            the project's licence, and a list of what comes from others
    OUT/licences/NAME.txt    the notice of each: Debian's of its packages, and those of the wheels

    notices.py --licence FILE --torch DIR --out DIR [--with-fallback] BINARY...
"""
import argparse
import subprocess
import sys
from pathlib import Path

import private_libraries

# What is compiled into the program, or copied beside it: Debian package, and what of it.
COMPILED_IN = (("libimgui-dev", "Dear ImGui, compiled into the program"),
               ("libstb-dev", "stb, compiled into the program"),
               ("nlohmann-json3-dev", "JSON for Modern C++, compiled into the program"),
               ("libcli11-dev", "CLI11, compiled into the program"),
               ("python3-glad", "the OpenGL loader that glad writes, compiled into the program"))
FONTS = (("fonts-inter", "the fonts Inter Regular and SemiBold"),
         ("fonts-jetbrains-mono", "the font JetBrains Mono Regular"),
         ("fonts-dejavu-core", "the font DejaVu Sans"))


def debian_package(path):
    """The Debian package that owns a file."""
    for candidate in (path, path.resolve(), Path("/usr") / str(path.resolve()).lstrip("/")):
        done = subprocess.run(["dpkg-query", "-S", str(candidate)], capture_output=True, text=True)
        if done.returncode == 0:
            return done.stdout.split(":", 1)[0]
    raise SystemExit(f"notices.py: no Debian package owns {path}; build the packages on Debian 12")


def debian_notice(package):
    """The text of a Debian package's copyright file."""
    notice = Path("/usr/share/doc") / package / "copyright"
    if not notice.is_file():
        raise SystemExit(f"notices.py: {notice} is missing; install the package {package}")
    return notice.read_text(errors="replace")


def wheel_notices(torch):
    """{name: text} of the wheels that LibTorch and NVIDIA's two libraries came from."""
    folder = torch.parent / "licences"
    found = {}
    for wheel in sorted(folder.glob("*")):
        texts = [f.read_text(errors="replace") for f in sorted(wheel.rglob("*")) if f.is_file()]
        found[wheel.name] = "\n\n".join(texts)
    if not found:
        raise SystemExit(f"notices.py: {folder} is missing; fetch it with ./dev package")
    return found


def notices(binaries, torch, with_fallback):
    """{name: (what of it is inside, text)}."""
    libraries = {}
    for binary in binaries:
        libraries.update(private_libraries.needed_by(binary))
    private, fallback = private_libraries.split(libraries, torch)
    found = {name: (f"libraries out of the wheel {name}", text) for name, text in wheel_notices(torch).items()}
    files = {}
    for name, path in {**private, **(fallback if with_fallback else {})}.items():
        if path.parent.resolve() != torch.resolve():
            files.setdefault(debian_package(path), []).append(name)
    for package, names in sorted(files.items()):
        found[package] = (", ".join(sorted(names)), debian_notice(package))
    for package, what in COMPILED_IN + FONTS:
        found[package] = (what, debian_notice(package))
    return found


def write(found, licence, out):
    (out / "licences").mkdir(parents=True, exist_ok=True)
    lines = ["Latent Flow Explorer is distributed under this licence:", "", licence.rstrip(), "",
             "The package also contains work of others. The notice of each is in licences/NAME.txt beside this file:", ""]
    for name, (what, text) in sorted(found.items()):
        lines.append(f"  {name}: {what}")
        (out / "licences" / f"{name}.txt").write_text(text)
    (out / "copyright").write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--licence", type=Path, required=True)
    parser.add_argument("--torch", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--with-fallback", action="store_true")
    parser.add_argument("binaries", type=Path, nargs="+")
    arguments = parser.parse_args()
    write(notices(arguments.binaries, arguments.torch, arguments.with_fallback), arguments.licence.read_text(),
          arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())

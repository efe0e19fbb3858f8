#!/usr/bin/env python3
"""Fails where the size of a digit stands as a number: 784 or 28 in code.

The shape of the digits is one constant, kDigitShape of core/base/image_shape.h; images carry theirs (ImageSheet). So
no number 784 or 28 stands in the code of core/ and app/, comments and texts left out, but in that header. A length on
the screen is no shape: what is written as ui.px(28) may stay.

    check_shapes.py [ROOT]       prints one line per violation, exit 1 if there is any
"""
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from cpp_text import code_of  # noqa: E402  (the path must be set first)

TOPS = ("core", "app")
HOME = "core/base/image_shape.h"
NUMBER = re.compile(r"(?<![\w.])(?:784|28)(?:\.0*)?(?:[fFuUlL]*)(?![\w.])")
ON_SCREEN = re.compile(r"\bpx\([^()]*\)")
# (file, what stands in the line): why it may stay.
EXCEPTIONS = {
    ("core/files/sha256.cpp", "shift = 28"): "bits of a hexadecimal digit",
    ("core/kernels/convolution/bfloat_convolution.cpp", "_mm512_set_epi16("): "an order of 32 numbers",
    ("core/figures/lab/figure.cpp", "TextStyle dim{28"): "height of a text",
    ("core/figures/lab/images.cpp", "kSmallestImage = 28"): "a length on paper",
    ("app/panels/files/list.cpp", "kRow = 28"): "a length on the screen",
    ("app/panels/runs/run_row.cpp", "kButton = 28"): "a length on the screen",
    ("app/panels/reconstructions/zoom.cpp", "spec.ticks"): "decibels",
}


def exception_for(path, line):
    return next((key for key in EXCEPTIONS if key[0] == path and key[1] in line), None)


def violations(root):
    """The number of files, and a line for every number that should be a shape and every exception without one."""
    lines, count, used = [], 0, set()
    for top in TOPS:
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".h", ".cpp", ".cu", ".cuh"):
                continue
            count += 1
            path = str(file.relative_to(root))
            code = code_of(file.read_text(encoding="utf-8"))
            code = ON_SCREEN.sub(lambda found: " " * len(found.group()), code)
            for number, line in enumerate(code.split("\n"), 1):
                found = NUMBER.search(line)
                if not found or path == HOME:
                    continue
                exception = exception_for(path, line)
                if exception:
                    used.add(exception)
                    continue
                lines.append(f"{path}:{number}: {found.group()} stands as a number; write kDigitSide or kDigitPixels "
                             f"({HOME}), or read the shape of the sheet")
    lines += [f"{file}: nothing in it needs the exception '{part}' any more"
              for file, part in EXCEPTIONS if (file, part) not in used and (root / file).exists()]
    return count, lines


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    count, lines = violations(root)
    for line in lines:
        print(line)
    if not lines:
        print(f"{count} files read the shape of a digit from {HOME}")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Fails where a class, a folder or a function has grown beyond what a reader can hold.

- A class of core/ or app/ has at most 40 methods (constructors and operators count, `= default` and `= delete` do
  not) and 30 data members (constants of the class do not count).
- A folder of core/, app/ or tests/ has at most 40 source files of its own.
- A function of core/ or app/ has at most 60 lines, from its first to its last. The lines of its longest list of
  values do not count: a table may be long.

    check_sizes.py [ROOT]             prints one line per violation, exit 1 if there is any
    check_sizes.py --report [ROOT]    prints the largest classes, folders and functions, exit 0
"""
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from cpp_text import closing, code_of, declarations, line_of, statements  # noqa: E402

MOST_METHODS, MOST_MEMBERS, MOST_FILES, MOST_LINES = 40, 30, 40, 60
MOST_EXCEPTIONS = 3
# What the line of a violation begins with, such as "core/protocol/snapshot.h: class RunBlock": why it may be so large.
EXCEPTIONS = {
    "core/protocol/snapshot.h: class RunBlock": "a block of plain numbers that are published together, without behaviour",
}

SOURCES = {".h", ".cpp", ".cu"}
CODE, FOLDERS = ("core", "app"), ("core", "app", "tests")
SHOWN = 20  # rows of each part of the report


@dataclass
class Size:
    """Something counted: what it is, how much there may be of what."""
    what: str
    count: int
    most: int
    unit: str

    def line(self):
        return f"{self.what} has {self.count} {self.unit}; at most {self.most}"


def members_of(code, body):
    """(methods, data members) of a class whose body lies there."""
    methods = data = 0
    for found in statements(code, *body):
        if found.kind == "function":
            behind = "" if found.body else found.head[found.head.rindex(")"):]
            methods += not re.search(r"=\s*(default|delete)$", behind)
        elif found.kind == "variable" and not re.match(r"(inline\s+)?static\s+(inline\s+)?const(expr)?\b", found.head):
            data += len(found.names)
    return methods, data


def table_lines(code, body):
    """Lines of the longest list of values in a function: a block of braces behind `=`, `return`, `(`, a type …, in
    which no statement stands."""
    longest, at = 0, body[0]
    while at < body[1]:
        if code[at] == "{":
            end = closing(code, at, body[1])
            before = code[body[0] - 1:at].rstrip()
            if re.search(r"(=|\breturn|[({,>\w\]])$", before) and not re.search(r"\b(else|do|try)$", before) \
                    and ";" not in code[at:end]:
                longest = max(longest, code.count("\n", at, end))
                at = end
        at += 1
    return longest


def sizes_in(file, code):
    """The sizes of the classes and functions of a file."""
    for found in declarations(code):
        statement = found.statement
        around = "::".join(name for name in found.classes)
        name = "::".join(filter(None, [around, (statement.names or [""])[0]]))
        if statement.kind == "class":
            methods, data = members_of(code, statement.body)
            yield Size(f"{file}: class {name or 'without a name'}", methods, MOST_METHODS, "methods")
            yield Size(f"{file}: class {name or 'without a name'}", data, MOST_MEMBERS, "data members")
        elif statement.kind == "function" and statement.body:
            lines = line_of(code, statement.end) - line_of(code, statement.start) + 1
            lines -= table_lines(code, statement.body) if lines > MOST_LINES else 0
            yield Size(f"{file}:{line_of(code, statement.start)}: function {name}", lines, MOST_LINES, "lines")


def sizes(root):
    """All sizes of a tree."""
    files = Counter()
    for top in FOLDERS:
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in SOURCES:
                continue
            file = path.relative_to(root)
            files[file.parent.as_posix()] += 1
            if top in CODE:
                yield from sizes_in(file.as_posix(), code_of(path.read_text(errors="replace")))
    for folder, count in files.items():
        yield Size(f"folder {folder}", count, MOST_FILES, "source files")


def excepted(size):
    """Whether the list of exceptions names it; the line of a function is no part of its name."""
    return re.sub(r":\d+:", ":", size.what) in EXCEPTIONS


def violations(found):
    """One line for each that is too large, and for each exception that is not needed or one too many."""
    large = [size for size in found if size.count > size.most]
    lines = [size.line() for size in large if not excepted(size)]
    used = {re.sub(r":\d+:", ":", size.what) for size in large}
    lines += [f"exception '{name}' is not needed" for name in EXCEPTIONS if name not in used]
    if len(EXCEPTIONS) > MOST_EXCEPTIONS:
        lines.append(f"there are {len(EXCEPTIONS)} exceptions; at most {MOST_EXCEPTIONS}")
    return lines


def report(found):
    """The largest of each kind, largest first; those that are too large are marked."""
    lines = []
    for unit in ("methods", "data members", "source files", "lines"):
        kind = sorted((size for size in found if size.unit == unit), key=lambda size: (-size.count, size.what))
        over = sum(size.count > size.most for size in kind)
        lines.append(f"{unit}: {over} of {len(kind)} over {kind[0].most if kind else 0}")
        rows = max(SHOWN, over)
        lines += [f"{'!' if size.count > size.most else ' '} {size.count:5}  {size.what}" for size in kind[:rows]]
    return lines


def main():
    arguments = [word for word in sys.argv[1:] if word != "--report"]
    found = list(sizes(Path(arguments[0] if arguments else Path(__file__).parent.parent)))
    if "--report" in sys.argv:
        print("\n".join(report(found)))
        return 0
    lines = violations(found)
    print("\n".join(lines) if lines else f"{len(found)} classes, folders and functions are small enough")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

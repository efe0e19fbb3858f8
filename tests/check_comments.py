#!/usr/bin/env python3
"""Fails where a file does not say what it holds, or where a comment names a file that does not exist.

- Every header of core/ and app/, and every source there without a header of the same name beside it, begins with a
  comment `// ...` that says more than its name.
- Every file named in a comment or docstring of core/, app/, tests/, tools/, cmake/, shaders/ and ./dev exists: any name
  with the ending of a source (`step.h`, `flow/step.h`), and any path that begins with a folder of core/ or app/. It may
  be shortened to the end of its path. A name that several files have needs its folder, unless one of them lies beside.
- The same for what stands between backticks in README, ARCHITECTURE, CONTRIBUTING and docs/.

NAME, ROOM and TOOL stand for any name, `*` and `{h,cpp}` mean what they mean in a shell. Headers in <> are the system's.

    check_comments.py [ROOT]        prints one line per violation, exit 1 if there is any
"""
import io
import re
import sys
import tokenize
from collections import defaultdict
from fnmatch import fnmatchcase
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from cpp_text import SKIPPED, line_of  # noqa: E402  (the path must be set first)

BEGINNING, SCANNED = ("core", "app"), ("core", "app", "tests", "tools", "cmake", "shaders")
FOLDERS = SCANNED + ("docs", "assets", "third_party", "packaging", "python", "share")  # what may be named
TEXTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")
# A name that is no file of the tree: why it may be named.
EXCEPTIONS = {
    "room/file.h": "stands for any include",
    "utils.h": "the example of a name that no file shall have",
    "test_paths.h": "written by CMake",
    "latentflow-*.sh": "written by ./dev package",
    "include/uapi/linux/landlock.h": "a header of the system",
}

CPP, PYTHON, HASH = {".h", ".cpp", ".cu", ".vert", ".frag"}, {".py"}, {".txt", ".cmake", ""}
ENDINGS = r"(?:h|cpp|cu|py|cmake|vert|frag|md|sh|txt)"
BEFORE = r"(?<![\w/.<>{}*~$:-])"
NAMED = re.compile(rf"{BEFORE}((?:[\w.*-]+/)*[\w*-][\w.*-]*\.(?:{ENDINGS}\b|\{{{ENDINGS}(?:,{ENDINGS})*\}}))(?![\w/(>])")
PATH = re.compile(rf"{BEFORE}((?:[\w*-]+/)+[\w*-]*)(?![\w/.*{{(>-])")
PLACEHOLDER = re.compile(r"NAME|ROOM|TOOL")
FIRST_LINE = re.compile(r"// (?!NOLINT|clang-format|SPDX)\S")
SPAN = re.compile(r"`([^`\n]+)`")
FILLERS = {"a", "an", "and", "of", "the", "this", "file", "header"}


class Tree:
    """The names of all files of a folder, by every end of their paths."""

    def __init__(self, root):
        self.root = root
        self.files = [p.relative_to(root) for p in sorted(root.iterdir()) if p.is_file()]
        for top in FOLDERS:
            self.files += [p.relative_to(root) for p in sorted((root / top).rglob("*"))
                           if p.is_file() and "__pycache__" not in p.parts]
        self.ends = defaultdict(set)  # end of a path -> the files; a folder and a file without its ending have one too
        self.rooms = {file.parts[1] for file in self.files if file.parts[0] in BEGINNING and len(file.parts) > 2}
        for file in self.files:
            for path in (file, file.with_suffix(""), *file.parents):
                for start in range(len(path.parts)):
                    self.ends["/".join(path.parts[start:])].add(file)

    def found(self, name):
        """The files of a name; a pattern finds those that fit it."""
        if name in self.ends:
            return self.ends[name]
        pattern = PLACEHOLDER.sub("*", name)
        if "*" not in pattern:
            return set()
        return {file for end, files in self.ends.items() if fnmatchcase(end, pattern) for file in files}

    def sources(self):
        """The files whose comments are read."""
        for file in self.files:
            if file.parts[0] in SCANNED and file.suffix in CPP | PYTHON | HASH or file == Path("dev"):
                yield file

    def documents(self):
        """The files whose code spans are read."""
        return [f for f in self.files if f.suffix == ".md" and (f.parts[0] == "docs" or str(f) in TEXTS)]

    def text(self, file):
        return (self.root / file).read_text(errors="replace")


def python_comments(text):
    """(line, text) of comments and docstrings."""
    before = tokenize.NEWLINE
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            docstring = token.type == tokenize.STRING and before in (tokenize.NEWLINE, tokenize.INDENT)
            if token.type == tokenize.COMMENT or docstring:
                yield token.start[0], token.string
            if token.type not in (tokenize.COMMENT, tokenize.NL):
                before = token.type
    except (tokenize.TokenError, SyntaxError):
        return  # not for this check to report


def comments(file, text):
    """(line, text) of every comment of a source."""
    if file.suffix in CPP:
        for match in SKIPPED.finditer(text):
            if match.group().startswith(("//", "/*")):
                yield line_of(text, match.start()), match.group()
    elif file.suffix in PYTHON:
        yield from python_comments(text)
    else:
        for number, line in enumerate(text.splitlines(), 1):
            match = re.search(r"(^|\s)#\s.*", line)
            if match:
                yield number, match.group()


def spans(text):
    """(line, text) of what stands between backticks in a document, outside of blocks of code."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        inside ^= line.lstrip().startswith("```")
        if not inside:
            yield from ((number, span) for span in SPAN.findall(line))


def expanded(name):
    """The names that braces stand for."""
    match = re.search(r"\{([\w,]+)\}", name)
    return [name[:match.start()] + part + name[match.end():] for part in match.group(1).split(",")] if match else [name]


def names_in(text, rooms):
    """(place, name) of the files and folders that a text names."""
    for match in NAMED.finditer(text):
        for name in expanded(match.group(1)):
            yield match.start(), name
    for match in PATH.finditer(text):
        if match.group(1).split("/")[0] in rooms:
            yield match.start(), match.group(1).rstrip("/")


def missing(tree, used):
    """A line for each name of a file that does not exist. `used` receives the exceptions that occur."""
    for file in [*tree.sources(), *tree.documents()]:
        text, document = tree.text(file), file.suffix == ".md"
        # A path in a document may be one of the user's: only those from the root are ours.
        rooms = set(FOLDERS) if document else tree.rooms | set(FOLDERS)
        for line, comment in spans(text) if document else comments(file, text):
            for at, name in names_in(comment, rooms):
                where = f"{file.as_posix()}:{line + comment.count(chr(10), 0, at)}"
                found = tree.found(name)
                if not found and name in EXCEPTIONS:
                    used.add(name)
                elif not found:
                    yield f"{where}: names {name}, which does not exist; give the name of today"
                elif not document and "*" not in name and shared(file, name, found):
                    yield f"{where}: names {name}, which may be {' or '.join(sorted(map(Path.as_posix, found)))}; " \
                          "give its folder too"


def shared(file, name, found):
    """Whether several headers or sources have a name given without its folder, and none lies beside this file."""
    return ("/" not in name and len(found) > 1 and Path(name).suffix in CPP and not PLACEHOLDER.search(name)
            and file.parent / name not in found)


def beginning(file, text):
    """What is wrong with the first comment of a source; "" if nothing is."""
    lines = text.splitlines() or [""]
    if not FIRST_LINE.match(lines[0]):
        return "does not begin with a comment; say in a sentence above everything else what it holds"
    words = set()
    for line in lines:
        if not line.startswith("//"):
            break
        words |= set(re.findall(r"\w+", line.lower()))
    own = {form for part in re.split(r"[_.]", file.stem.lower()) for form in (part, part + "s", part.rstrip("s"))}
    return "" if words - FILLERS - own else "begins with its own name; say what it holds, and for whom or why"


def unnamed(tree):
    """A line for each file that does not say what it holds."""
    files = set(tree.files)
    for file in tree.files:
        if file.parts[0] not in BEGINNING or file.suffix not in {".h", ".cpp", ".cu"}:
            continue
        if file.suffix == ".h" or file.with_suffix(".h") not in files:
            fault = beginning(file, tree.text(file))
            if fault:
                yield f"{file.as_posix()}: {fault}"


def violations(root):
    tree, used = Tree(root), set()
    lines = [*unnamed(tree), *missing(tree, used)]
    return lines + [f"check_comments.py: the exception {name} is not needed any more; remove it"
                    for name in EXCEPTIONS if name not in used]


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent)
    lines = violations(root)
    print("\n".join(lines) if lines else "every file says what it holds, every named file exists")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

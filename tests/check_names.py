#!/usr/bin/env python3
"""Fails where a name of one .cpp may collide with a name of another once both are compiled as one.

In a release build several sources of a room are one (lf_join in cmake/rooms.cmake): their unnamed namespaces are the
same, and each sees every header that a file before it includes. So in a room
- no two .cpp declare the same name in an unnamed namespace, or `static` or `constexpr` beside it, unless they are
  functions of parameters that no argument fits both of;
- no such name equals one that a header declares in a namespace around it, if any file of the room includes that
  header: the inner name would silently stand in for the outer one, or the other way round.

Rooms are the folders below core/, app/ and tests/ with all that is in them, and the files of app/ itself. Those that
CMake compiles file by file (UNITY_BUILD OFF) are left out.

    check_names.py [ROOT]        prints one line per violation, exit 1 if there is any
"""
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from cpp_text import code_of, declarations, line_of  # noqa: E402  (the path must be set first)

TOPS = ("core", "app", "tests")
# (room, name): why it may stay.
EXCEPTIONS = {}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.MULTILINE)
MACRO = re.compile(r"[A-Z][A-Z0-9_]*$")  # TEST(Room, Name) { is no function
NUMBERS = re.compile(
    r"(unsigned|signed|short|long|int|char|bool|float|double|u?int(8|16|32|64)_t|size_t|ptrdiff_t|\s)+$")
TEXTS = re.compile(r"(string|string_view|path|char\*)$")


@dataclass
class Name:
    file: Path
    line: int
    name: str
    kind: str  # "function" or "other"
    parameters: tuple
    around: tuple  # the namespaces around the unnamed one
    text: str


def split(parameters):
    """The parameters one by one."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(parameters):
        depth += (letter in "(<[{") - (letter in ")>]}")
        if letter == "," and depth == 0:
            parts.append(parameters[start:at])
            start = at + 1
    return [part.strip() for part in parts + [parameters[start:]] if part.strip()]


def type_of(parameter):
    """What an argument must fit: the type without its name, default, const, reference and namespace."""
    text = parameter.split("=")[0].strip()
    if re.search(r"[\w>&*\]]\s+[&*]*\w+(\[\d*\])?$|[&*>]\s*\w+(\[\d*\])?$", text) and not NUMBERS.match(text):
        text = re.sub(r"\w+(\[\d*\])?$", r"\1", text)
    text = re.sub(r"\bconst\b|\bstruct\b|\bstd::filesystem::|\b(std|at|lf|fs)::|&", " ", text)
    return " ".join(text.split()) if NUMBERS.match(text) else re.sub(r"\s", "", text)


def fits_both(one, other):
    """Whether some argument fits both types, as far as their words tell."""
    if one == other or {one, other} & {"auto", "T"}:
        return True
    return any(kind.match(one) and kind.match(other) for kind in (NUMBERS, TEXTS))


def collide(one, other):
    """Whether two functions of one name may be taken for each other; anything else of one name always is."""
    if one.kind != "function" or other.kind != "function":
        return True
    if len(one.parameters) != len(other.parameters):
        return False
    return all(fits_both(a, b) for a, b in zip(one.parameters, other.parameters))


def is_local(found):
    """Whether a declaration of a .cpp is its file's own: in an unnamed namespace, static, or a constant."""
    words = found.statement.head.split("(")[0]
    return "" in found.namespaces or re.search(r"\b(static|constexpr)\b", words) is not None


def names_of(file, code):
    """(own, shown): names of a file at namespace scope, those of its own and those that an includer sees."""
    own, shown = [], []
    for found in declarations(code):
        statement = found.statement
        if found.classes or statement.kind in ("namespace", "linkage", "other"):
            continue
        kind = "function" if statement.kind == "function" else "other"
        parameters = tuple(type_of(p) for p in split(statement.parameters)) if kind == "function" else ()
        for name in statement.names:
            if "::" in name or not name or name.startswith("operator") or (kind == "function" and MACRO.match(name)):
                continue
            around = tuple(n for n in found.namespaces if n)
            text = " ".join(statement.head.split())
            (own if is_local(found) else shown).append(
                Name(file, line_of(code, statement.start), name, kind, parameters, around, text))
    return own, shown


def room_of(file):
    """The room of a file given relative to the root; None where there is none."""
    parts = file.parts
    if len(parts) > 2:
        return "/".join(parts[:2])
    return parts[0] if parts[0] == "app" and len(parts) == 2 else None


def compiled_alone(root):
    """The rooms that CMake compiles file by file, or of which it compiles nothing."""
    text = "\n".join(f.read_text() for top in TOPS for f in sorted((root / top).rglob("CMakeLists.txt")))
    text = re.sub(r"#[^\n]*", "", text)
    folders = {name: folder or f"core/{name}" for name, folder in
               re.findall(r"lf_(?:room|headers)\(([\w/]+)(?:\s+DIR\s+([\w/]+))?", text)}
    rooms = set()
    for target in re.findall(r"set_target_properties\((\w+)\s+PROPERTIES\s+UNITY_BUILD\s+OFF\)", text):
        kind, _, name = target.partition("_")
        rooms.add(f"tests/{name}" if kind == "test" else folders.get(name, f"core/{name}"))
    return rooms | {folders[name] for name in re.findall(r"lf_headers\(([\w/]+)", text)}


class Tree:
    """The sources of a folder, what they declare and what they include."""

    def __init__(self, root):
        self.root = root
        self.own, self.shown, self.included, self.reached = {}, {}, {}, {}
        for top in TOPS:
            for path in sorted((root / top).rglob("*")):
                if path.suffix in (".h", ".cpp"):
                    self.read(path.relative_to(root))

    def read(self, file):
        text = (self.root / file).read_text(errors="replace")
        code = code_of(text)
        self.own[file], self.shown[file] = names_of(file, code)
        self.included[file] = INCLUDE.findall(text)

    def header(self, path, includer):
        """Where an include lies, relative to the root."""
        bases = [Path("core"), Path("app"), Path(), Path("tests/support"), Path(*includer.parts[:2]), includer.parent]
        return next((base / path for base in bases if base / path in self.own), None)

    def headers(self, file):
        """All headers that a file includes, also by way of others."""
        if file not in self.reached:
            self.reached[file] = set()  # a circle ends here
            for path in self.included[file]:
                header = self.header(path, file)
                if header:
                    self.reached[file] |= {header} | self.headers(header)
        return self.reached[file]

    def rooms(self):
        """Room -> its .cpp files that are compiled together."""
        rooms, alone = defaultdict(list), compiled_alone(self.root)
        for file in self.own:
            room = room_of(file)
            apart = file.parts[0] == "tests" and not file.name.endswith("_test.cpp")  # a program of its own
            if file.suffix == ".cpp" and room and room not in alone and not apart:
                rooms[room].append(file)
        return rooms


def twice(room, names):
    """Names that two files of a room declare."""
    by_name = defaultdict(list)
    for name in names:
        for other in by_name[name.name]:
            same_place = other.around == name.around and other.file != name.file
            same_alias = name.text.startswith("using") and name.text == other.text
            if same_place and not same_alias and collide(name, other):
                yield f"{name.file}:{name.line}: '{name.name}' stands in {other.file} too; {room} is compiled as one"
                break
        by_name[name.name].append(name)


def shadows(room, names, headers):
    """Names of files that equal one of a header that the room includes."""
    for name in names:
        for other in headers[name.name]:
            # Overloads beside each other are told apart by their arguments; the inner ones hide outer ones.
            visible = name.around[:len(other.around)] == other.around
            if visible and collide(name, other):
                yield (f"{name.file}:{name.line}: '{name.name}' stands in for that of {other.file}, which {room} "
                       "includes")
                break


def violations(root):
    """All of them, one line each, and how many names were read."""
    tree, lines, count = Tree(root), [], 0
    for room, files in sorted(tree.rooms().items()):
        names = [name for file in files for name in tree.own[file] if (room, name.name) not in EXCEPTIONS]
        reached = set().union(*(tree.headers(file) for file in files)) if files else set()
        headers = defaultdict(list)
        for header in sorted(reached):
            for name in tree.shown[header] + tree.own[header]:
                headers[name.name].append(name)
        count += len(names)
        lines += [*twice(room, names), *shadows(room, names, headers)]
    return count, lines


def main():
    count, lines = violations(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent))
    print("\n".join(lines) if lines else f"{count} names of single sources stay apart where sources are joined")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

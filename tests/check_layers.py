#!/usr/bin/env python3
"""Reads every #include in core/ and app/ and fails on one that cmake/rooms.txt does not allow.

The CMake targets are the walls, made from the same table; this check closes the holes they leave (relative includes,
headers that happen to lie on the search path, libraries that come along through another room), and finds rooms that
ARCHITECTURE.md does not describe, and sources whose namespace is not that of their room.

    check_layers.py [ROOT]        prints one line per violation, exit 1 if there is any
"""
import re
import sys
from pathlib import Path

# Headers that the build writes, and the room that may read each.
GENERATED = {"embedded_shaders.h": "app/gl", "embedded_page.h": "share"}
# What the tools of the lab publish needs no torch: a room inside core/lab. Its made-up results are in tests/lab.
LAB_RESULTS = re.compile(r"core/lab/((\w+/)?(result|figure|fake)|list|block|arguments|tools|table)\.\w+$")

# Rooms whose names everybody uses: they are in `lf` itself. The names of every other room are in `lf::ROOM`.
COMMON_ROOMS = {"base", "config", "lab_results", "protocol", "session", "api"}
# Namespaces of the tests' own tools.
TEST_NAMESPACES = {"lf::testing", "lf::net", "lf::fuzz"}
# A namespace that holds more than the declaration of another room's class.
NAMESPACE = re.compile(r"^namespace ([\w:]+) \{(?!(\s*(class|struct) \w+;)+\s*\})", re.MULTILINE)

LIBRARIES = [
    ("cudatoolkit", r"((ATen|c10|torch)/cuda/|(cuda|cublas|cudnn|nccl|curand|cuda_runtime)[\w./]*)"),
    ("torch", r"(torch|ATen|c10|caffe2)/"),
    ("json", r"nlohmann/"),
    ("zlib", r"zlib\.h$"),
    ("cairo", r"cairo-(ft|pdf)\.h$"),
    ("stb", r"(stb/)?stb_\w+\.h$"),
    ("giflib", r"gif_lib\.h$"),
    ("webp", r"webp/"),
    ("jpeg", r"(jpeglib|jerror)\.h$"),
    ("png", r"png\.h$"),
    ("curl", r"curl/"),
    ("cli11", r"CLI/"),
    ("imgui", r"(imgui/)?(backends/|misc/\w+/)?im(gui|config|stb)\w*\.h$"),
    ("glfw", r"GLFW/"),
    ("glad", r"glad/"),
    ("gl", r"(GL|GLES\d?|EGL|KHR)/"),
]
# What the language or the system gives: <vector>, <stdint.h>, <sys/stat.h>, <immintrin.h>.
SYSTEM = re.compile(r"(\w+|(sys|linux|bits|net|netinet|arpa)/\w+\.h|experimental/\w+|\w+\.h)$")
SOURCES = {".h", ".hpp", ".cpp", ".cc", ".c", ".cu", ".cuh", ".inl"}
BLOCK_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*(.*)$", re.MULTILINE)


class Table:
    """Who may include whom. `rooms[room]` holds the rooms and single headers of its row and of the rows below it;
    `libraries[room]` the libraries of its own row."""

    def __init__(self, text):
        self.rooms, self.libraries, self.faults = {}, {}, []
        for line in text.splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            name, named, libraries = (part.strip() for part in line.split(":"))
            self.rooms[name] = self.closure(name, named.split())
            self.libraries[name] = set(libraries.split())

    def closure(self, name, named):
        """A row's names and all that those rooms may include; only what stands above in the table counts."""
        allowed = set()
        for word in named:
            if "." not in word and word not in self.rooms:
                self.faults.append(f"cmake/rooms.txt: {name} names '{word}', which is no room above it")
            allowed |= {word} | {below for below in self.rooms.get(word, set()) if "." not in below}
        return allowed

    def torch_free(self, room):
        return "torch" not in self.libraries[room]

    def room_of_file(self, path):
        """The room of a source file given relative to the root, or None if no room is there."""
        if LAB_RESULTS.match(path.as_posix()):
            return "lab_results"
        parts = path.parts
        if len(parts) < 2:
            return None
        if parts[0] == "core":
            return parts[1] if len(parts) > 2 and parts[1] in self.rooms else None
        inner = f"app/{parts[1]}"
        return inner if len(parts) > 2 and inner in self.rooms else "app"

    def file_of_include(self, path):
        """Where "room/file.h" lies, relative to the root; None if it names no room."""
        folder, _, rest = path.partition("/")
        if not rest:
            return None
        if folder == "app":
            return Path(path)
        if f"app/{folder}" in self.rooms:
            return Path("app") / path
        return Path("core") / path if folder in self.rooms else None


def includes(text):
    """(line number, delimiter, path) of each include; the path is None where a macro stands."""
    text = BLOCK_COMMENT.sub(lambda m: "\n" * m.group().count("\n"), text)
    for match in INCLUDE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        target = re.match(r'([<"])([^">]+)[">]', match.group(1))
        yield (line, target.group(1), target.group(2)) if target else (line, "", None)


def library_of(path):
    """The third-party library an include path belongs to, or None."""
    return next((name for name, pattern in LIBRARIES if re.match(pattern, path)), None)


def fault(table, room, delimiter, path):
    """Why a file of this room may not include this path, or None if it may."""
    if path is None:
        return "an include through a macro cannot be checked"
    if GENERATED.get(path) == room:
        return None
    if path.startswith((".", "/")) or "/../" in path:
        return f"'{path}' is a relative or absolute include; write \"room/file.h\""
    file = table.file_of_include(path)
    if file is not None:
        other = table.room_of_file(file)
        fine = other == room or other in table.rooms[room] or path in table.rooms[room]
        return None if fine else f"'{path}': {room} may not include {other}"
    library = library_of(path)
    if library is not None:
        return None if library in table.libraries[room] else f"'{path}': {room} may not use {library}"
    if delimiter == "<" and SYSTEM.match(path):
        return None
    return f"'{path}' is neither \"room/file.h\" nor a known library"


def source_files(root):
    """The sources of core/ and app/, relative to root, in a fixed order."""
    found = [f for top in ("core", "app") for f in (root / top).rglob("*") if f.suffix in SOURCES]
    return sorted(f.relative_to(root) for f in found)


def namespace_of(room):
    """`lf` for the rooms whose names everybody uses (and where there is no room), else `lf::ROOM`."""
    return "lf" if room is None or room in COMMON_ROOMS else "lf::" + room.replace("/", "::")


def tested_room(table, file):
    """The room that a file below tests/ belongs to, or None: tests mirror the tree."""
    parts = file.parts[1:]
    room = parts[0].removesuffix("_device")  # what needs a graphics card has a folder of its own
    return table.room_of_file(Path("app", *parts[1:]) if room == "app" else Path("core", room, *parts[1:]))


def namespace_violations(root, table):
    """Sources that open another namespace than their room's, or one within it, one line each."""
    lines = []
    rooms = {namespace_of(room) for room in table.rooms} - {"lf"}
    tests = sorted(f.relative_to(root) for f in (root / "tests").rglob("*") if f.suffix in SOURCES)
    for file in source_files(root) + tests:
        of_test = file.parts[0] == "tests"
        expected = namespace_of(tested_room(table, file) if of_test else table.room_of_file(file))
        names = [match.group(1) for match in NAMESPACE.finditer((root / file).read_text(errors="replace"))]
        for name in names[:1] + [name for name in names[1:] if name.startswith("lf")]:
            fine = name == expected or (name.startswith(expected + "::") and name not in rooms)
            if not (fine or of_test and name in TEST_NAMESPACES):
                lines.append(f"{file}: opens the namespace {name}; its room's is {expected}")
    return lines


def path_to_torch(table, start, graph, seen):
    """The chain of files from start to a LibTorch header, [] if there is none. Depth first."""
    seen.add(start)
    for path in graph.get(start, []):
        if library_of(path) == "torch":
            return [start.as_posix(), path]
        file = table.file_of_include(path)
        if file is None or file in seen:
            continue
        rest = path_to_torch(table, file, graph, seen)
        if rest:
            return [start.as_posix(), *rest]
    return []


def include_violations(root, table):
    """All violations in the sources, one line each."""
    graph, lines = {}, []
    for file in source_files(root):
        room = table.room_of_file(file)
        if room is None:
            lines.append(f"{file}: lies in no room of cmake/rooms.txt")
            continue
        found = list(includes((root / file).read_text(errors="replace")))
        graph[file] = [path for _, _, path in found if path]
        for line, delimiter, path in found:
            reason = fault(table, room, delimiter, path)
            if reason:
                lines.append(f"{file}:{line}: {reason}")
    for file in graph:
        chain = path_to_torch(table, file, graph, set()) if table.torch_free(table.room_of_file(file)) else []
        if len(chain) > 2:  # a direct include was reported above
            lines.append(f"{file}: reaches LibTorch through {' -> '.join(chain[1:])}")
    return lines


def documented_rooms(text):
    """The rooms that ARCHITECTURE.md describes: rows `| `room` | what it holds |`."""
    return set(re.findall(r"^\| `([\w/]+)` \|[^|]*\|$", text, re.MULTILINE))


def document_violations(root, table):
    """Rooms that only one of table and ARCHITECTURE.md knows."""
    documented = documented_rooms((root / "ARCHITECTURE.md").read_text())
    return [f"ARCHITECTURE.md: room '{room}' is described there or in cmake/rooms.txt, not in both"
            for room in sorted(documented ^ set(table.rooms))]


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent)
    table = Table((root / "cmake" / "rooms.txt").read_text())
    lines = table.faults + include_violations(root, table) + namespace_violations(root, table)
    lines += document_violations(root, table)
    print("\n".join(lines) if lines else f"{len(source_files(root))} files keep to the table of {len(table.rooms)} rooms")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Reads every #include in core/ and app/ and fails on one that the table below does not allow.

The CMake targets are the walls; this check closes the holes they leave (relative includes, headers
that happen to lie on the search path, libraries that come along through another room) and keeps the
table here equal to the one in ARCHITECTURE.md.

    check_layers.py [ROOT]        prints one line per violation, exit 1 if there is any
"""
import re
import sys
from pathlib import Path

# Room -> what its files may include besides themselves and the standard library: rooms, single
# headers of a room ("room/file.h"), libraries. The order is from the bottom up.
LOWER = ["messages/errors.h", "messages/seeds.h", "messages/settings.h", "files", "torch"]
TRAINERS = LOWER + ["kernels", "data", "models", "flow", "optim", "parallel"]
ROOMS = {
    "messages": [],
    "files": ["messages/errors.h", "messages/dark_colours.h", "json", "zlib", "stb", "giflib", "jpeg", "png"],
    "session": ["messages"],
    "parallel": ["torch"],
    "kernels": ["messages/errors.h", "torch"],
    "data": LOWER + ["curl"],
    "models": LOWER + ["kernels", "messages/time_text.h"],
    "flow": LOWER + ["parallel"],
    "optim": LOWER + ["kernels", "parallel"],
    "metrics": TRAINERS,
    "training": TRAINERS + ["metrics"],
    "inference": TRAINERS + ["metrics", "training", "messages/version.h", "json"],
    "lab": TRAINERS + ["metrics", "training", "inference", "messages", "json"],
    "experiment": TRAINERS + ["metrics", "training", "inference", "lab", "messages", "session/workload.h", "json"],
    "cuda": ["messages/errors.h", "messages/seeds.h", "training/accelerator.h", "torch", "cudatoolkit"],
    "cli": ["messages", "files/paths.h", "session", "experiment", "json", "cli11"],
    "app/gl": ["glad"],
    "app/widgets": ["app/gl", "messages/dark_colours.h", "messages/time_text.h", "imgui", "json"],
    "app/panels": ["app/widgets", "messages", "imgui"],
    "app": ["app/gl", "app/widgets", "app/panels", "messages", "session", "experiment/experiment.h", "cli",
            "files", "imgui", "glfw", "glad", "json"],
}
# Headers that the build writes, and the room that may read each.
GENERATED = {"embedded_shaders.h": "app/gl"}
# These rooms are compiled without LibTorch: not even a header of another room may bring it in.
TORCH_FREE = {"messages", "files", "session", "cli", "app/gl", "app/widgets", "app/panels", "app"}

LIBRARIES = [
    ("cudatoolkit", r"((ATen|c10|torch)/cuda/|(cuda|cublas|cudnn|nccl|curand|cuda_runtime)[\w./]*)"),
    ("torch", r"(torch|ATen|c10|caffe2)/"),
    ("json", r"nlohmann/"),
    ("zlib", r"zlib\.h$"),
    ("stb", r"(stb/)?stb_\w+\.h$"),
    ("giflib", r"gif_lib\.h$"),
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


def includes(text):
    """(line number, delimiter, path) of each include; the path is None where a macro stands."""
    text = BLOCK_COMMENT.sub(lambda m: "\n" * m.group().count("\n"), text)
    for match in INCLUDE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        target = re.match(r'([<"])([^">]+)[">]', match.group(1))
        yield (line, target.group(1), target.group(2)) if target else (line, "", None)


def room_of_file(path):
    """The room of a source file given relative to the root, or None if no room is there."""
    parts = path.parts
    folder = parts[1] if parts[0] == "core" and len(parts) == 3 else "/".join(parts[:-1])
    return folder if folder in ROOMS else None


def room_of_include(path):
    """The room an include path names ("flow/paths.h", "gl/texture.h", "app/window.h"), or None."""
    folder = path.rpartition("/")[0]
    for room in (folder, f"app/{folder}"):
        if room in ROOMS:
            return room
    return None


def library_of(path):
    """The third-party library an include path belongs to, or None."""
    return next((name for name, pattern in LIBRARIES if re.match(pattern, path)), None)


def fault(room, delimiter, path):
    """Why a file of this room may not include this path, or None if it may."""
    allowed = ROOMS[room]
    if path is None:
        return "an include through a macro cannot be checked"
    if GENERATED.get(path) == room:
        return None
    if path.startswith((".", "/")) or "/../" in path:
        return f"'{path}' is a relative or absolute include; write \"room/file.h\""
    other = room_of_include(path)
    if other is not None:
        named = f"{other}/{path.rpartition('/')[2]}"
        fine = other == room or other in allowed or named in allowed
        return None if fine else f"'{path}': {room} may not include {other}"
    library = library_of(path)
    if library is not None:
        return None if library in allowed else f"'{path}': {room} may not use {library}"
    if delimiter == "<" and SYSTEM.match(path):
        return None
    return f"'{path}' is neither \"room/file.h\" nor a known library"


def source_files(root):
    """The sources of core/ and app/, relative to root, in a fixed order."""
    found = [f for top in ("core", "app") for f in (root / top).rglob("*") if f.suffix in SOURCES]
    return sorted(f.relative_to(root) for f in found)


def file_of_include(path):
    """Where "room/file.h" lies, relative to the root."""
    room = room_of_include(path)
    folder = room if room == "app" or room.startswith("app/") else f"core/{room}"
    return Path(folder) / path.rpartition("/")[2]


def way_to_torch(start, graph, seen):
    """The chain of files from start to a LibTorch header, [] if there is none. Depth first."""
    seen.add(start)
    for path in graph.get(start, []):
        if library_of(path) == "torch":
            return [start.as_posix(), path]
        if room_of_include(path) is None or file_of_include(path) in seen:
            continue
        rest = way_to_torch(file_of_include(path), graph, seen)
        if rest:
            return [start.as_posix(), *rest]
    return []


def include_violations(root):
    """All violations in the sources, one line each."""
    graph, lines = {}, []
    for file in source_files(root):
        room = room_of_file(file)
        if room is None:
            lines.append(f"{file}: lies in no room of the table")
            continue
        found = list(includes((root / file).read_text(errors="replace")))
        graph[file] = [path for _, _, path in found if path]
        for line, delimiter, path in found:
            reason = fault(room, delimiter, path)
            if reason:
                lines.append(f"{file}:{line}: {reason}")
    for file in graph:
        chain = way_to_torch(file, graph, set()) if room_of_file(file) in TORCH_FREE else []
        if len(chain) > 2:  # a direct include was reported above
            lines.append(f"{file}: reaches LibTorch through {' -> '.join(chain[1:])}")
    return lines


def documented_rooms(text):
    """The table of ARCHITECTURE.md: rows `| `room` | ... | may include |`, names in backticks."""
    rows = re.findall(r"^\| `([\w/]+)` \|.*\| ([^|]*) \|$", text, re.MULTILINE)
    return {room: set(re.findall(r"`([\w/.]+)`", cell)) for room, cell in rows}


def document_violations(root):
    """Where the table of ARCHITECTURE.md differs from the one here."""
    documented = documented_rooms((root / "ARCHITECTURE.md").read_text())
    lines = []
    for room in sorted(set(documented) | set(ROOMS)):
        here, there = set(ROOMS.get(room, [])), documented.get(room, set())
        if room not in ROOMS or room not in documented:
            lines.append(f"ARCHITECTURE.md: room '{room}' stands in one of the two tables only")
        elif here != there:
            lines.append(f"ARCHITECTURE.md: '{room}' differs from tests/check_layers.py in {sorted(here ^ there)}")
    return lines


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent)
    lines = include_violations(root) + document_violations(root)
    print("\n".join(lines) if lines else f"{len(source_files(root))} files keep to the table of {len(ROOMS)} rooms")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Fails where core/ or app/ asks the file system in a way that may throw a library's words.

std::filesystem's functions have overloads that throw, its iterators throw when they are made and at every `++`
(a range-for hides one), and a name without `std::filesystem::` finds them through its arguments. So its
functions and iterators are called in core/base/paths.cpp alone, there with an error_code as the last argument;
everywhere else only the type `path` is used.

    check_filesystem.py [ROOT]        prints one line per violation, exit 1 if there is any
"""
import re
import sys
from pathlib import Path

HELPERS = Path("core/base/paths.cpp")
SOURCES = {".h", ".hpp", ".cpp", ".cc", ".c", ".cu", ".cuh", ".inl"}
# What names or holds something and asks nothing.
PLAIN = {"path", "file_status", "file_type", "directory_options", "perms"}
# The functions that a call finds through an argument of type path (but space(), which lf has too), and the types
# that ask when they are made.
ASKING = """absolute canonical weakly_canonical relative proximate copy copy_file copy_symlink create_directory
 create_directories create_directory_symlink create_symlink create_hard_link current_path equivalent exists
 file_size hard_link_count is_block_file is_character_file is_directory is_empty is_fifo is_other
 is_regular_file is_socket is_symlink last_write_time permissions read_symlink remove remove_all rename
 resize_file status symlink_status temp_directory_path
 directory_entry directory_iterator recursive_directory_iterator""".split()
ITERATORS = "(?:recursive_)?directory_iterator"
SKIPPED = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]{0,16})\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)
NAME_AND_PARENTHESIS = re.compile(r"(?P<before>[\w>*&\]:.-]*\s*)\b(?P<name>" + "|".join(ASKING) + r")\s*\(")
# A call, not a declaration: what stands before the name is neither a type nor the owner of a method.
CALL_AFTER = re.compile(r"(return|else|do|not|and|or|[*&-]+|.*[^:]:|)")


def code_of(text):
    """The text with comments and literals blanked; lines stay where they are."""
    return SKIPPED.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def aliases(code):
    """How this file may call the namespace."""
    return ["std::filesystem", *re.findall(r"\bnamespace\s+(\w+)\s*=\s*(?:::)?std::filesystem\b", code)]


def line_of(code, at):
    return code.count("\n", 0, at) + 1


def arguments(code, opening):
    """The arguments of the call whose parenthesis opens there."""
    depth, words, start = 0, [], opening + 1
    for at in range(opening, len(code)):
        depth += (code[at] in "([{") - (code[at] in ")]}")
        if (code[at] == "," and depth == 1) or depth == 0:
            words.append(code[start:at].strip())
            start = at + 1
        if depth == 0:
            break
    return [word for word in words if word]


def faults_outside(code):
    """(position, reason) of what any file but the helpers' may not do."""
    for match in re.finditer(r"\busing\s+namespace\s+(?:::)?std::filesystem\b", code):
        yield match.start(), "its functions would be found without their name"
    for name in aliases(code):
        for match in re.finditer(rf"(?<![\w:])(?:::)?{re.escape(name)}\s*::\s*(\w+)", code):
            if match.group(1) not in PLAIN:
                yield match.start(), f"{match.group(1)} may throw"
    for match in NAME_AND_PARENTHESIS.finditer(code):
        if CALL_AFTER.fullmatch(match.group("before").strip()):
            yield match.start("name"), f"{match.group('name')}( is found in std::filesystem through its argument"


def faults_inside(code):
    """(position, reason) of what may throw in the helpers' file."""
    for name in aliases(code):
        for match in re.finditer(rf"(?<![\w:]){re.escape(name)}\s*::\s*(\w+)(\s+\w+)?\s*\(", code):
            if match.group(1) in PLAIN:
                continue
            given = arguments(code, match.end() - 1)
            end_of_folder = re.fullmatch(ITERATORS, match.group(1)) and not given and not match.group(2)
            if not end_of_folder and (not given or given[-1] != "error"):
                yield match.start(), f"{match.group(1)} without 'error' as its last argument throws"
    for match in re.finditer(rf"\bfor\s*\((?:[^;:]|::)*(?<!:):(?!:)[^;]*{ITERATORS}", code):
        yield match.start(), "a range-for over a folder throws where ++ does"
    for match in re.finditer(r"\+\+", code):
        yield match.start(), "++ of a folder's iterator throws; use increment(error)"


def violations_in(file, text):
    """One line per violation in a file, given relative to the root."""
    code = code_of(text)
    found = faults_inside(code) if file == HELPERS else faults_outside(code)
    way_out = "" if file == HELPERS else f"; ask through {HELPERS.with_suffix('.h')}"
    return [f"{file}:{line_of(code, at)}: {reason}{way_out}" for at, reason in sorted(found)]


def violations(root):
    files = sorted(f for top in ("core", "app") for f in (root / top).rglob("*") if f.suffix in SOURCES)
    return len(files), [line for f in files for line in violations_in(f.relative_to(root), f.read_text(errors="replace"))]


def main():
    count, lines = violations(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent))
    print("\n".join(lines) if lines else f"{count} files ask the file system through {HELPERS.with_suffix('.h')}")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

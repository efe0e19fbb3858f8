#!/usr/bin/env python3
"""Fails where a source uses a name of the standard library without the header that declares it.

Release builds join the sources of a room, so a header that one source includes serves the next by chance; a build
that compiles each source by itself (ThreadSanitizer's, say) then fails. The names below are those that no other
standard header of this compiler declares reliably; a source may take the header from the project's own headers that
it includes.

    check_includes.py [ROOT]        prints one line per violation, exit 1 if there is any
"""
import re
import sys
from pathlib import Path

from check_filesystem import code_of, line_of

SOURCES = {".h", ".cpp", ".cu", ".cuh"}
# A header and the names that need it.
NAMES = {
    "numeric": r"std::(?:iota|accumulate|reduce|inner_product|partial_sum|gcd|lcm|transform_reduce|midpoint)\b",
    "cmath": r"\b(?:HUGE_VALF?|M_PI|NAN|INFINITY)\b|std::(?:sqrt|exp|log|log2|log10|log1p|expm1|pow|sin|cos|tan|tanh|"
             r"atan2?|acos|asin|floor|ceil|round|lround|llround|trunc|fmod|hypot|cbrt|isfinite|isnan|isinf|erf|"
             r"erfc|copysign|nearbyint|fabs|ldexp|frexp|lgamma)\b",
    "algorithm": r"std::(?:sort|stable_sort|partial_sort|nth_element|all_of|any_of|none_of|find_if|count_if|"
                 r"max_element|min_element|minmax_element|clamp|lower_bound|upper_bound|unique|reverse|rotate|"
                 r"remove_if|set_difference|transform|replace|binary_search|adjacent_find|is_sorted)\b",
    "cstring": r"std::(?:memcpy|memcmp|memset|memmove|strlen|strcmp|strncmp|strerror|strchr|strstr)\b",
    "chrono": r"std::chrono::",
    "thread": r"std::(?:thread\b|this_thread::)",
    "mutex": r"std::(?:mutex|lock_guard|unique_lock|scoped_lock|once_flag|call_once)\b",
    "condition_variable": r"std::condition_variable\b",
    "atomic": r"std::atomic\b",
    "optional": r"std::(?:optional|nullopt)\b",
    "variant": r"std::(?:variant|visit|get_if|holds_alternative|monostate)\b",
    "functional": r"std::function\b",
    "utility": r"std::exchange\b",
    "memory": r"std::(?:unique_ptr|shared_ptr|weak_ptr|make_unique|make_shared)\b",
    "map": r"std::(?:multi)?map<",
    "set": r"std::(?:multi)?set<",
    "deque": r"std::deque<",
    "limits": r"std::numeric_limits<",
    "sstream": r"std::[io]?stringstream\b",
    "fstream": r"std::[io]?fstream\b",
    "iostream": r"std::(?:cout|cerr|cin|clog)\b",
    "random": r"std::(?:mt19937(?:_64)?|random_device|uniform_int_distribution|normal_distribution)\b",
    "unordered_map": r"std::unordered_map<",
    "unordered_set": r"std::unordered_set<",
    "cstdlib": r"std::(?:getenv|strtol|strtoul|strtoull|strtod|exit|_Exit)\b",
    "csignal": r"std::(?:signal|raise)\b|\bSIG(?:INT|TERM|HUP|PIPE)\b",
    "exception": r"std::(?:exception_ptr|current_exception|rethrow_exception|uncaught_exceptions)\b",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


class Tree:
    """The sources of a tree, and what each of them includes, itself or through the project's headers."""

    def __init__(self, files):
        self.files = {Path(name).as_posix(): text for name, text in files.items()}
        self.known = {}

    def found(self, source, name):
        """The file that a source means by `#include "NAME"`, or None for one of another library."""
        beside = (Path(source).parent / name).as_posix()
        return next((f for f in (beside, f"core/{name}", f"app/{name}", f"tests/{name}", name) if f in self.files), None)

    def headers(self, source):
        """The names in angle brackets that a source sees through the project's own files."""
        if source not in self.known:
            self.known[source] = set()  # a circle ends here
            seen = set()
            for bracket, name in INCLUDE.findall(self.files[source]):
                own = self.found(source, name) if bracket == '"' else None
                seen |= self.headers(own) if own else {name}
            self.known[source] = seen
        return self.known[source]

    def violations(self):
        for source, text in sorted(self.files.items()):
            code, headers = code_of(text), self.headers(source)
            for header, names in NAMES.items():
                match = None if header in headers else re.search(names, code)
                if match:
                    yield f"{source}:{line_of(code, match.start())}: {match.group()} needs #include <{header}>"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent)
    files = {f.relative_to(root): f.read_text(errors="replace")
             for top in ("core", "app", "tests") for f in (root / top).rglob("*") if f.suffix in SOURCES}
    lines = list(Tree(files).violations())
    print("\n".join(lines) if lines else f"{len(files)} files include the standard headers whose names they use")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Plants names without their headers and checks that check_includes.py reports each of them, and nothing else."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import check_includes  # noqa: E402  (the path must be set first)


class PlantedNames(unittest.TestCase):
    def lines(self, **files):
        return list(check_includes.Tree({name.replace("__", "/") + end: text for name, (end, text) in files.items()})
                    .violations())

    def test_a_name_with_its_header(self):
        self.assertEqual(self.lines(core__a__x=(".cpp", "#include <numeric>\nstd::iota(a, b, 0);\n")), [])

    def test_each_name_without_its_header(self):
        for name, header in (("std::iota(a, b, 0)", "numeric"), ("HUGE_VAL", "cmath"), ("std::sort(a, b)", "algorithm"),
                             ("std::memcpy(a, b, 1)", "cstring"), ("std::map<int, int> m", "map"),
                             ("std::getenv(n)", "cstdlib"), ("std::unique_ptr<int> p", "memory")):
            self.assertEqual(self.lines(core__a__x=(".cpp", f"#include <vector>\nauto v = {name};\n"))[0].split(": ", 1)[1]
                             .split("#include ")[1], f"<{header}>")

    def test_the_line_is_named(self):
        self.assertTrue(self.lines(core__a__x=(".cpp", "\n\nf(NAN);\n"))[0].startswith("core/a/x.cpp:3: NAN"))

    def test_a_header_of_the_project_brings_it(self):
        self.assertEqual(self.lines(core__a__x=(".cpp", '#include "b/y.h"\nstd::iota(a, b, 0);\n'),
                                    core__b__y=(".h", '#include "b/z.h"\n'), core__b__z=(".h", "#include <numeric>\n")), [])

    def test_headers_that_include_each_other(self):
        self.assertEqual(len(self.lines(core__a__x=(".h", '#include "a/y.h"\nstd::iota(a, b, 0);\n'),
                                        core__a__y=(".h", '#include "a/x.h"\n'))), 1)

    def test_comments_and_texts_need_nothing(self):
        self.assertEqual(self.lines(core__a__x=(".cpp", '// std::iota\nf("std::iota NAN");\n')), [])


if __name__ == "__main__":
    unittest.main()

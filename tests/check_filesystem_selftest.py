#!/usr/bin/env python3
"""Plants calls that may throw and checks that check_filesystem.py reports each of them, and nothing else."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import check_filesystem  # noqa: E402  (the path must be set first)

ALIAS = "namespace fs = std::filesystem;\n"


class PlantedCalls(unittest.TestCase):
    def accepts(self, text, name="core/files/a.cpp"):
        self.assertEqual(check_filesystem.violations_in(Path(name), text), [])

    def refuses(self, text, part, name="core/files/a.cpp", line=2):
        lines = check_filesystem.violations_in(Path(name), text)
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith(f"{name}:{line}:"), lines)
        self.assertIn(part, lines[0])

    def inside(self, text):
        self.accepts(text, check_filesystem.HELPERS.as_posix())

    def not_inside(self, text, part):
        self.refuses(text, part, check_filesystem.HELPERS.as_posix())

    def test_paths_and_our_own_questions_are_fine(self):
        self.accepts(ALIAS + "fs::path p = fs::path(x) / y; std::filesystem::path q;\n")
        self.accepts(ALIAS + "if (is_file(p) && path_exists(p)) return p.filename() == q.extension();\n")
        self.accepts("struct Store { bool exists(int) const; void remove(int key); };\n"
                     "bool Store::exists(int) const { return s->exists(1) && t.exists(2) && own::copy(3); }\n")
        self.accepts("std::remove(path.c_str()); std::rename(a, b); ::rename(a, b); list.remove(x);\n")
        self.accepts("// fs::exists(path) would throw\n/* std::filesystem::rename(a, b);\n */ f(\"fs::exists(\");\n")
        self.accepts('auto text = R"(std::filesystem::exists(x))"; char c = \'"\'; g(c);\n')

    def test_functions_of_the_namespace(self):
        for call in ("fs::exists(p)", "fs::file_size(p)", "::std::filesystem::is_directory(p)", "fs::current_path()",
                     "std::filesystem::temp_directory_path()", "fs::last_write_time(p)", "fs::space(p)",
                     "fs::equivalent(a, b, error)", "fs :: rename(a, b)", "fs::directory_entry(p)"):
            self.refuses(ALIAS + f"auto x = {call};\n", "may throw")

    def test_iterators_however_they_are_used(self):
        for use in ("for (const auto& e : fs::directory_iterator(p, error)) f(e);",
                    "fs::recursive_directory_iterator it(p, error), end;", "using Folder = fs::directory_iterator;"):
            self.refuses(ALIAS + use + "\n", "iterator may throw")

    def test_another_alias(self):
        self.refuses("namespace files = std::filesystem;\nbool b = files::exists(p);\n", "exists may throw")

    def test_names_without_the_namespace(self):
        for call in ("return exists(p);", "if (ok && is_directory(p)) f();", "x = absolute(p);", "f(file_size(p));",
                     "switch (x) { case 1: remove(p); }", "if (!equivalent(a, b)) f();", "else remove_all(p);"):
            self.refuses("using std::filesystem::path;\n" + call + "\n", "found in std::filesystem")
        self.refuses("\nusing namespace std::filesystem;\n", "without their name")
        self.refuses("\nusing std::filesystem::exists;\n", "exists may throw")

    def test_helpers_take_an_error_code(self):
        self.inside(ALIAS + "bool a = fs::exists(p, error); auto s = fs::status(f(p, q), error);\n"
                    "fs::directory_iterator at(folder, error);\n"
                    "while (!error && at != fs::directory_iterator()) at.increment(error);\n")
        for use in ("bool a = fs::exists(p);", "auto n = fs::file_size(f(p, error));", "fs::directory_iterator at(p);",
                    "auto here = fs::current_path();", "auto a = fs::absolute(p / q(error));"):
            self.not_inside(ALIAS + use + "\n", "throws")
        self.not_inside(ALIAS + "for (auto& e : fs::directory_iterator(p, error)) f(e);\n", "range-for")
        self.not_inside(ALIAS + "for (fs::directory_iterator at(p, error); at != end; ++at) f(*at);\n", "++")


if __name__ == "__main__":
    unittest.main()

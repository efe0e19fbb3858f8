#!/usr/bin/env python3
"""Plants large classes, folders and functions and checks that check_sizes.py counts each of them rightly."""
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).parent))
import check_sizes  # noqa: E402  (the path must be set first)

check_sizes.EXCEPTIONS = {}  # those of the tree are not the planted ones

METHODS, MEMBERS, FILES, LINES = (check_sizes.MOST_METHODS, check_sizes.MOST_MEMBERS, check_sizes.MOST_FILES,
                                  check_sizes.MOST_LINES)


def methods(count):
    return "".join(f"  int f{i}(int x) const;\n" for i in range(count))


def members(count):
    return "".join(f"  int m{i}_ = 0;\n" for i in range(count))


def in_class(text):
    return f"namespace lf {{\nclass A {{\n public:\n{text}}};\n}}\n"


def function(lines, line="  go();\n"):
    """A function of so many lines."""
    return "void f() {\n" + line * (lines - 2) + "}\n"


class PlantedSizes(unittest.TestCase):
    def sizes(self, files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            return list(check_sizes.sizes(Path(folder)))

    def count(self, text, unit, name="core/flow/a.h"):
        """The one size of this unit."""
        found = [size.count for size in self.sizes({name: text}) if size.unit == unit]
        self.assertEqual(len(found), 1, found)
        return found[0]

    def methods(self, text):
        return self.count(in_class(text), "methods")

    def members(self, text):
        return self.count(in_class(text), "data members")

    def lines(self, text):
        return self.count(text, "lines")

    def accepts(self, files):
        self.assertEqual(check_sizes.violations(self.sizes(files)), [])

    def refuses(self, files, part):
        lines = check_sizes.violations(self.sizes(files))
        self.assertEqual(len(lines), 1, lines)
        self.assertIn(part, lines[0])

    def test_methods_of_every_form_count(self):
        self.assertEqual(self.methods("  A();\n  explicit A(int x) : x_(x), y_{x} { go(); }\n  ~A();\n"), 3)
        self.assertEqual(self.methods("  A& operator=(const A& a);\n  bool operator<(const A& a) const;\n"
                                      "  int operator()(int x) { return x; }\n  operator bool() const;\n"), 4)
        self.assertEqual(self.methods("  virtual void f() = 0;\n  static int g();\n"
                                      "  template <typename T>\n  T h(T x);\n"), 3)
        self.assertEqual(self.methods("  std::function<void(int)> f(std::map<int, int> x = {}, int y = g(1));\n"), 1)
        self.assertEqual(self.methods("  void f() override;\n  void f(int x) final;\n"
                                      " private:\n  [[nodiscard]] int g();\n"), 3)

    def test_what_is_no_method(self):
        self.assertEqual(self.methods("  A() = default;\n  A(const A&) = delete;\n  A& operator=(const A&) = delete;\n"
                                      "  friend class B;\n  using C = int;\n  int x_ = f(1);\n"
                                      "  std::function<int(int)> g_;\n"
                                      "  static_assert(sizeof(int) == 4);\n  // int h();\n"
                                      "  void (*p_)(int) = nullptr;\n"), 0)

    def test_members_of_every_form_count(self):
        self.assertEqual(self.members("  int a_, b_ = 1, c_{2};\n"
                                      "  std::map<int, std::pair<int, int>> d_;\n  float e_[3] = {1, 2};\n"
                                      "  std::function<void(int, int)> g_;\n"
                                      "  void (*h_)(int) = nullptr;\n  static int i_;\n"), 8)

    def test_what_is_no_member(self):
        text = in_class("  struct B {\n    int x;\n  };\n  B c_;\n  static constexpr int kOne = 1;\n"
                        "  static const int kTwo = 2;\n  int f() { int z = 1; return z; }\n  enum class E { X, Y };\n")
        sizes = {size.what: size.count for size in self.sizes({"core/flow/a.h": text}) if size.unit == "data members"}
        self.assertEqual(sizes, {"core/flow/a.h: class A": 1, "core/flow/a.h: class A::B": 1})

    def test_large_classes(self):
        self.accepts({"core/flow/a.h": in_class(methods(METHODS) + members(MEMBERS))})
        self.refuses({"core/flow/a.h": in_class(methods(METHODS + 1))},
                     "core/flow/a.h: class A has 41 methods; at most 40")
        self.refuses({"app/a.cpp": in_class(members(MEMBERS + 1))},
                     "app/a.cpp: class A has 31 data members; at most 30")
        self.refuses({"core/a/b/c.h": in_class("  struct B {\n" + members(MEMBERS + 1) + "  };\n")}, "class A::B")
        self.accepts({"tests/flow/a_test.cpp": in_class(methods(METHODS + 1))})

    def test_large_folders(self):
        files = {f"app/panels/{i}.{'h' if i % 2 else 'cpp'}": "" for i in range(FILES)}
        self.accepts({**files, "app/panels/lab/x.cpp": "", "app/panels/CMakeLists.txt": ""})
        self.refuses({**files, "app/panels/x.cu": ""}, "folder app/panels has 41 source files; at most 40")
        self.refuses({f"tests/flow/{i}.cpp": "" for i in range(FILES + 1)}, "folder tests/flow")

    def test_lines_of_functions(self):
        self.assertEqual(self.lines(function(LINES)), LINES)
        self.assertEqual(self.lines("/// Says\n/// much.\n" + function(5)), 5)
        self.assertEqual(self.lines("namespace lf {\nint A::f(int x,\n         int y) const {\n  return x;\n}\n}\n"), 4)
        self.assertEqual(self.lines("A::A(int x)\n    : x_(x),\n      y_{x} {\n  go();\n}\n"), 5)
        self.refuses({"core/flow/a.cpp": function(LINES + 1)}, "core/flow/a.cpp:1: function f has 61 lines; at most 60")
        self.refuses({"core/flow/a.h": in_class(function(LINES + 1))}, "function A::f has 61 lines")
        self.accepts({"tests/flow/a_test.cpp": function(LINES + 1)})

    def test_tables_may_be_long(self):
        rows = '    {"a", {1, 2}, true},\n'
        self.accepts({"core/flow/a.cpp": "Rows f() {\n  static const Rows table = {\n" + rows * 100 +
                      "  };\n  return table;\n}\n"})
        self.accepts({"core/flow/a.cpp": "Rows f() {\n  return {\n" + rows * 100 + "  };\n}\n"})
        self.accepts({"core/flow/a.cpp": "Rows f() {\n  return Rows{\n" + rows * 100 + "  };\n}\n"})
        self.accepts({"core/flow/a.cpp": "constexpr Row kRows[] = {\n" + rows * 100 + "};\n"})
        self.refuses({"core/flow/a.cpp": function(LINES, "  x = {1};\n")[:-2] +
                      "  return {\n" + rows * 9 + "  };\n}\n"}, "function f")
        self.refuses({"core/flow/a.cpp": "void f() {\n  if (x) {\n" + "    go();\n" * 60 + "  }\n}\n"}, "function f")
        self.refuses({"core/flow/a.cpp": "void f() {\n  go([&] {\n" + "    go();\n" * 60 + "  });\n}\n"}, "function f")

    def test_what_is_not_code(self):
        self.accepts({"core/flow/a.cpp": 'const char* kText = R"(' + function(LINES + 9) + ')";\n'})
        self.accepts({"core/flow/a.cpp": "/*\n" + function(LINES + 9) + "*/\n"})
        self.accepts({"core/flow/a.cpp": "#define F() { \\\n" + "  go(); \\\n" * 99 + "}\n"})
        self.assertEqual(self.lines("void f() {\n  const char* a = \"}\"; char b = '}'; int c = 1'000; // }\n}\n"), 3)

    def test_exceptions_are_few_and_needed(self):
        large = {"core/flow/a.cpp": function(LINES + 1)}
        name = "core/flow/a.cpp: function f"
        with mock.patch.object(check_sizes, "EXCEPTIONS", {name: "a reason"}):
            self.accepts(large)
            self.refuses({"core/flow/a.cpp": function(3)}, "is not needed")
        with mock.patch.object(check_sizes, "EXCEPTIONS", {f"core/flow/{i}.cpp: function f": "" for i in range(4)}):
            lines = check_sizes.violations(self.sizes({f"core/flow/{i}.cpp": function(LINES + 1) for i in range(4)}))
            self.assertEqual(lines, ["there are 4 exceptions; at most 3"])

    def test_the_report_begins_with_the_largest(self):
        lines = check_sizes.report(self.sizes({"core/flow/a.cpp": function(9) + function(70).replace("f()", "g()")}))
        at = lines.index("lines: 1 of 2 over 60")
        self.assertEqual([line.split()[-1] for line in lines[at + 1:]], ["g", "f"])
        self.assertTrue(lines[at + 1].startswith("!"))


if __name__ == "__main__":
    unittest.main()

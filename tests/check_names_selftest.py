#!/usr/bin/env python3
"""Plants equal names and checks that check_names.py reports each of them, and nothing else."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import check_names  # noqa: E402  (the path must be set first)

START, END = "namespace lf {\nnamespace {\n", "\n}  // namespace\n}  // namespace lf\n"


def own(text):
    """A source with a text in its unnamed namespace."""
    return START + text + END


class PlantedNames(unittest.TestCase):
    def violations(self, files):
        """The violations in a tree of {path: text}."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            return check_names.violations(Path(folder))[1]

    def accepts(self, files):
        self.assertEqual(self.violations(files), [])

    def refuses(self, files, name, part="stands in"):
        lines = self.violations(files)
        self.assertEqual(len(lines), 1, lines)
        self.assertIn(f"'{name}'", lines[0])
        self.assertIn(part, lines[0])

    def pair(self, one, other, a="core/flow/a.cpp", b="core/flow/b.cpp"):
        return {a: own(one), b: own(other)}

    def test_different_names_are_fine(self):
        self.accepts(self.pair("constexpr int kOne = 1;", "constexpr int kOther = 1;"))
        self.accepts(self.pair("struct A { int x; void f(); };", "struct B { int x; void f(); };"))
        self.accepts(self.pair("void f() { const int x = 1; }", "void g() { const int x = 1; }"))

    def test_equal_names(self):
        self.refuses(self.pair("constexpr int kOne = 1;", "constexpr int kOne = 2;"), "kOne", "core/flow/a.cpp")
        self.refuses(self.pair("const float kA = 3, kB{4}, kC[2] = {5, 6};", "constexpr int kC = 1;"), "kC")
        self.refuses(self.pair("struct A {\n  int x;\n};", "enum class A { X, Y };"), "A")
        self.refuses(self.pair("using Row = int;", "using Row = float;"), "Row")
        self.refuses(self.pair("int f(int x) {\n  return x;\n}", "int f(int y) { return 2 * y; }"), "f")
        self.refuses(self.pair("template <typename T>\nT f(T x) { return x; }", "int f(int y) { return y; }"), "f")
        self.refuses(self.pair('Row kRows[] = {{"a", [](int x) { return x; }}};', "int kRows;"), "kRows")

    def test_equal_aliases_are_fine(self):
        self.accepts(self.pair("using Row = int;\nnamespace fs = std::filesystem;",
                               "using Row = int;\nnamespace fs = std::filesystem;"))

    def test_overloads(self):
        self.accepts(self.pair("int f(const A& a) { return 1; }", "int f(const B& a) { return 2; }"))
        self.accepts(self.pair("int f(const A& a);", "int f(const A& a, int b);"))
        self.accepts(self.pair("int f(std::function<int(int, int)> a);", "int f(std::vector<int> a);"))

    def test_overloads_that_one_argument_fits(self):
        self.refuses(self.pair("int f(double x);", "int f(int64_t count);"), "f")
        self.refuses(self.pair("int f(const A& a, float x = 1);", "int f(const A& other, size_t n);"), "f")
        self.refuses(self.pair("int f(const std::string& text);", "int f(const char* text);"), "f")
        self.refuses(self.pair("int f(A* a);", "int f(A* b);"), "f")

    def test_static_and_constants_beside_the_unnamed_namespace(self):
        self.refuses({"core/flow/a.cpp": "namespace lf { static int f(int x) { return x; } }",
                      "core/flow/b.cpp": "namespace lf { static int f(int y) { return y; } }"}, "f")
        self.refuses({"core/flow/a.cpp": "namespace lf { constexpr int kOne = 1; }",
                      "core/flow/b.cpp": "namespace lf { constexpr int kOne = 1; }"}, "kOne")

    def test_what_is_not_code(self):
        self.accepts(self.pair("// struct A {};\nconst char* kText = \"struct A {};\";", "struct A {};"))
        self.accepts(self.pair('auto kText = R"(constexpr int kOne = 1;)";', "constexpr int kOne = 1'000;"))
        self.accepts(self.pair("#define F(x) \\\n  struct A {}\nint x;", "struct A {};"))

    def test_names_of_headers(self):
        shown = {"core/messages/m.h": "namespace lf {\ninline constexpr int kOne = 1;\nstruct Row {\n  int inner;\n};\n"
                                      "int count(int x);\nint of(const Row& row);\n}\n"}
        include = '#include "messages/m.h"\n'
        for text, name in (("constexpr int kOne = 2;", "kOne"), ("struct Row {};", "Row"),
                           ("int count(int y);", "count"), ("int count(double y);", "count")):
            self.refuses({**shown, "core/flow/a.cpp": include + own(text)}, name, "core/messages/m.h")
        self.accepts({**shown, "core/flow/a.cpp": include + own("int inner;\nint of(int x);")})
        self.accepts({**shown, "core/flow/a.cpp": own("constexpr int kOne = 2;")})

    def test_headers_of_another_file_and_of_another_header(self):
        self.refuses({"core/messages/m.h": "namespace lf {\ninline constexpr int kOne = 1;\n}\n",
                      "core/flow/h.h": '#include "messages/m.h"\n', "core/flow/a.cpp": '#include "flow/h.h"\n',
                      "core/flow/b.cpp": own("constexpr int kOne = 2;")}, "kOne", "core/messages/m.h")

    def test_names_in_other_namespaces(self):
        self.accepts({"core/flow/h.h": "namespace lf::detail {\ninline constexpr int kOne = 1;\n}\n",
                      "core/flow/a.cpp": '#include "flow/h.h"\n' + own("constexpr int kOne = 2;")})
        self.accepts({"core/flow/a.cpp": "namespace a { namespace {\nint f(int x);\n} }\n",
                      "core/flow/b.cpp": "namespace b { namespace {\nint f(int x);\n} }\n"})
        self.refuses({"core/flow/h.h": "namespace lf {\nint f(int x);\n}\n", "core/flow/a.cpp": '#include "flow/h.h"\n'
                      "namespace lf::flow {\nnamespace {\nint f(int y);\n}\n}\n"}, "f")

    def test_rooms(self):
        one, other = "constexpr int kOne = 1;", "constexpr int kOne = 2;"
        self.accepts(self.pair(one, other, b="core/models/b.cpp"))
        self.accepts(self.pair(one, other, "app/a.cpp", "app/panels/b.cpp"))
        self.refuses(self.pair(one, other, "app/a.cpp", "app/b.cpp"), "kOne", "app is compiled as one")
        self.refuses(self.pair(one, other, b="core/flow/deep/er/b.cpp"), "kOne")
        self.refuses(self.pair(one, other, "app/panels/lab/a.cpp", "app/panels/runs/b.cpp"), "kOne")
        self.refuses(self.pair(one, other, "tests/flow/a_test.cpp", "tests/flow/sub/b_test.cpp"), "kOne")
        self.accepts(self.pair(one, other, "tests/net/a.cpp", "tests/net/b.cpp"))

    def test_rooms_that_are_compiled_file_by_file(self):
        pair = self.pair("constexpr int kOne = 1;", "constexpr int kOne = 2;")
        room = "lf_room(waters DIR core/flow LINK lf_messages TORCH)\n"
        self.refuses({**pair, "core/CMakeLists.txt": room}, "kOne")
        alone = "set_target_properties(lf_waters PROPERTIES UNITY_BUILD OFF)\n"
        self.accepts({**pair, "core/CMakeLists.txt": room + alone})
        self.refuses({**pair, "core/CMakeLists.txt": f"{room}# {alone}"}, "kOne")
        self.accepts({**pair, "core/CMakeLists.txt": "lf_room(flow LOOPS)\n" + alone.replace("waters", "flow")})
        self.accepts({**pair, "core/CMakeLists.txt": "lf_headers(shared DIR core/flow LINK lf_x)\n"})
        tests = {f"tests/flow/{name}_test.cpp": own("constexpr int kOne = 1;") for name in "ab"}
        self.refuses(tests, "kOne")
        self.accepts({**tests, "tests/CMakeLists.txt": "lf_test(flow LINK lf_waters)\nif(x)\n  set_target_properties("
                      "test_flow PROPERTIES UNITY_BUILD OFF)\nendif()\n"})


if __name__ == "__main__":
    unittest.main()

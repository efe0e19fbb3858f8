#!/usr/bin/env python3
"""Plants sizes of a digit as numbers and checks that check_shapes.py reports each of them, and nothing else."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import check_shapes  # noqa: E402  (the path must be set first)


class PlantedNumbers(unittest.TestCase):
    def violations(self, path, text):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / path
            file.parent.mkdir(parents=True)
            file.write_text(text)
            return check_shapes.violations(Path(folder))[1]

    def accepts(self, text, path="core/flow/a.cpp"):
        self.assertEqual(self.violations(path, text), [])

    def refuses(self, text, path="core/flow/a.cpp", line=1):
        lines = self.violations(path, text)
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith(f"{path}:{line}: "), lines)

    def test_numbers_in_code(self):
        self.refuses("const auto x = pixels.view({-1, 28, 28});")
        self.refuses("int a;\nint n = bytes.size() / 784;", line=2)
        self.refuses("float side = 28.0f * unit;", "app/panels/a.h")
        self.refuses("size_t n = 784u;", "core/cuda/a.cu")
        self.refuses("int n = 28;", "core/base/image_shapes.h")
        self.refuses("draw(c.px(28), 28);")

    def test_other_numbers_texts_and_comments(self):
        self.accepts("double x = 1.28 + .28 + 28.5 + 0x28 + 1e28 + 280 + 1784;")
        self.accepts('// (N, 784)\n/* 28 x 28 */ const char* text = "28 x 28 are needed";')
        self.accepts("int of_28, a28 = v.x28;")
        self.accepts("Rect r = area.take_top(c.px(28), ui.px(28));")

    def test_the_home_of_the_shape(self):
        self.accepts("inline constexpr ImageShape kDigitShape{28, 28};", check_shapes.HOME)

    def test_exceptions_are_for_their_line_and_must_be_needed(self):
        (file, part), _ = next(iter(check_shapes.EXCEPTIONS.items()))
        self.accepts(f"for (int {part}; shift >= 0;) {{}}", file)
        self.refuses(f"for (int {part}; shift >= 0;) {{}}\nint side = 28;", file, line=2)
        self.assertIn("needs the exception", self.violations(file, "int nothing;")[0])


if __name__ == "__main__":
    unittest.main()

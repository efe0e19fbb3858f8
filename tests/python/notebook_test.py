"""The notebook of the documents runs: every code cell, in order, with the package and the program under test."""
import ast
import json
import os
import re
import unittest
from pathlib import Path

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "notebooks" / "first-steps.ipynb"
MOST_BYTES = 400_000

bench = None


def run_cell(source, names):
    """Executes a cell; the value of its last expression, as a notebook shows it."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), str(NOTEBOOK), "exec"), names)
    return eval(compile(ast.Expression(last.value), str(NOTEBOOK), "eval"), names) if last else None


class Notebook(unittest.TestCase):
    def test_every_cell_runs_and_shows_what_is_stored(self):
        cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
        names, executed = {}, 0
        before = os.getcwd()
        os.chdir(bench.folder)
        try:
            for cell in cells:
                if cell["cell_type"] != "code":
                    continue
                value = run_cell("".join(cell["source"]), names)
                executed += 1
                kinds = {kind for output in cell["outputs"] for kind in output.get("data", {})}
                if "image/png" in kinds:
                    self.assertEqual(value._repr_png_()[1:4], b"PNG")
                if "image/svg+xml" in kinds:
                    self.assertIn("<polyline", value._repr_svg_())
                self.assertTrue(cell["outputs"] or value is None, cell["source"])
        finally:
            os.chdir(before)
        self.assertGreaterEqual(executed, 7)

    def test_it_is_small_and_names_no_machine(self):
        text = NOTEBOOK.read_text(encoding="utf-8")
        self.assertLess(len(text), MOST_BYTES)
        self.assertIsNone(re.search(r"/(home|root|work|tmp|Users)/", text))

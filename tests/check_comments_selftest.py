#!/usr/bin/env python3
"""Plants files without a first comment and comments with dead names, and checks that check_comments.py finds them."""
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).parent))
import check_comments  # noqa: E402  (the path must be set first)

GOOD = "// How far a sample moves in one step.\n#pragma once\n"


class PlantedComments(unittest.TestCase):
    def setUp(self):
        patch = mock.patch.object(check_comments, "EXCEPTIONS", {})  # those of the tree are not the planted ones
        patch.start()
        self.addCleanup(patch.stop)

    def violations(self, files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            return check_comments.violations(Path(folder))

    def accepts(self, files):
        self.assertEqual(self.violations(files), [])

    def refuses(self, files, *parts):
        lines = self.violations(files)
        self.assertEqual(len(lines), 1, lines)
        for part in parts:
            self.assertIn(part, lines[0])

    def test_first_comment_of_a_header(self):
        self.accepts({"core/flow/step.h": GOOD, "app/gl/a.h": GOOD})
        for text in ("#pragma once\n", "", "\n" + GOOD, "/// Doc of a class.\nclass A;\n", "// NOLINTBEGIN\n" + GOOD,
                     "//\n// How far a sample moves.\n", "#pragma once\n" + GOOD):
            self.refuses({"core/flow/step.h": text}, "core/flow/step.h: does not begin")
            self.refuses({"app/clock.h": text}, "app/clock.h: does not begin")

    def test_a_name_in_other_words_says_nothing(self):
        for text in ("// The step.\n", "// Loss steps.\n", "// The file of the loss step\n// and steps.\n"):
            self.refuses({"core/flow/loss_step.h": text}, "begins with its own name")
        self.accepts({"core/flow/loss_step.h": "// The step\n// of an optimiser.\n"})

    def test_first_comment_of_a_source_without_header(self):
        self.refuses({"core/lab/map/figure.cpp": '#include "lab/map/result.h"\n'}, "figure.cpp: does not begin")
        self.refuses({"core/cuda/kernels.cu": "#include <cuda.h>\n"}, "kernels.cu: does not begin")
        self.accepts({"core/flow/step.h": GOOD, "core/flow/step.cpp": '#include "flow/step.h"\n'})
        self.refuses({"core/flow/step.h": GOOD, "core/jobs/step.cpp": '#include "flow/step.h"\n'}, "core/jobs/step.cpp")
        self.accepts({"tests/flow/step_test.cpp": '#include "flow/step.h"\n', "tools/a.py": "import sys\n"})

    def named(self, comment, where="core/jobs/a.cpp", **more):
        """A tree with a step in flow and a source with this comment."""
        text = f"// What it is good for.\nint a;  // {comment}\nint b;\n"
        return {"core/flow/step.h": GOOD, "core/flow/step.cpp": "", where: text, **more}

    def test_existing_files_may_be_named(self):
        for name in ("step.h", "flow/step.h", "core/flow/step.cpp", "flow/step", "core/flow", "flow/", "core/flow/*.h",
                     "flow/step.{h,cpp}", "core/NAME/step.h", "`step.h`", "'flow/step.h'.", "step.h's", "(step.h)"):
            self.accepts(self.named(f"as in {name}, with luck"))

    def test_dead_names(self):
        for name in ("stepp.h", "flow_step.h", "flaw/step.h", "app/flow/step.h", "core/flow/steps.cpp", "core/flows",
                     "flow/steps", "step.py", "core/flow/*.py", "core/NAME/stop.h", "old/NAME/step.h"):
            self.refuses(self.named(f"as in {name}, with luck"), f"core/jobs/a.cpp:2: names {name}, which does not")
        self.refuses(self.named("flow/step.{h,py}"), "flow/step.py")
        self.assertEqual(len(self.violations(self.named("in one.h and two.cpp"))), 2)

    def test_what_names_no_source_of_ours(self):
        for text in ("<sys/stat.h>", "writes report.json and F.csv", "https://example.org/x/step2.h", "~/old.txt",
                     "a.header", "x.h_size", "value.h()", "on/off", "models and/or runs", "model.safetensors"):
            self.accepts(self.named(text))

    def test_only_comments_count(self):
        code = '// What it is.\n#include "gone.h"\nconst char* a = "old.h // older.h";  /* see\n\n   dead.h */\n'
        self.refuses({"core/jobs/a.cpp": code}, "core/jobs/a.cpp:5: names dead.h")
        python = '"""As one.py says."""\nA = "two.py"\n\n\ndef f():\n    """And three.py."""\n    return """four.py"""\n'
        lines = self.violations({"tests/a.py": python + "# five.py\n"})
        self.assertEqual([line.split(",")[0] for line in lines],
                         ["tests/a.py:1: names one.py", "tests/a.py:6: names three.py", "tests/a.py:8: names five.py"])
        self.refuses({"tests/CMakeLists.txt": "add(a.cpp)  # b.cpp\n"}, "tests/CMakeLists.txt:1: names b.cpp")
        self.refuses({"dev": "# as in core/base/c.h\nrun d.py\n"}, "dev:1: names core/base/c.h")

    def test_a_shared_name_needs_its_folder(self):
        two = {"core/models/step.h": GOOD}
        self.refuses(self.named("as in step.h", **two), "core/flow/step.h or core/models/step.h")
        self.accepts(self.named("as in flow/step.h", **two))
        self.accepts(self.named("as in step.h", "core/flow/a.cpp", **two))
        self.accepts(self.named("every CMakeLists.txt", **{"core/CMakeLists.txt": "", "app/CMakeLists.txt": ""}))

    def test_documents(self):
        for name in ("README.md", "docs/usage.md"):
            for text in ("`flow/step.h`", "`core/flow`", "gone.h without backticks", "`model/file`, `data/mnist`",
                         "```\ncat gone.h `old.h`\n```", "`room.json`"):
                self.accepts(self.named("nothing", **{name: text}))
            for text in ("`gone.h`", "\n`core/flaw`", "`flow/steps.h` and `flow/step.h`", "`core/flow/step.{h,py}`"):
                self.refuses(self.named("nothing", **{name: text}), f"{name}:{text.count(chr(10)) + 1}: names")
        self.accepts(self.named("nothing", **{"CHANGELOG.md": "`gone.h` became `flow/step.h`"}))

    def test_exceptions_must_be_needed(self):
        with mock.patch.object(check_comments, "EXCEPTIONS", {"made.h": "written by CMake"}):
            self.accepts(self.named("as in made.h"))
            self.refuses(self.named("nothing"), "the exception made.h is not needed")
            self.refuses(self.named("as in made.h", **{"core/flow/made.h": GOOD}), "is not needed")


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Plants violations and checks that check_layers.py reports each of them, and nothing else."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import check_layers  # noqa: E402  (the path must be set first)

TABLE = check_layers.Table((Path(__file__).parent.parent / "cmake" / "rooms.txt").read_text())


class PlantedIncludes(unittest.TestCase):
    def violations(self, files):
        """The violations in a tree of {path: text}."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            return check_layers.include_violations(Path(folder), TABLE)

    def accepts(self, name, text):
        self.assertEqual(self.violations({name: text}), [])

    def refuses(self, name, text, part):
        lines = self.violations({name: text})
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith(name), lines)
        self.assertIn(part, lines[0])

    def test_downward_arrows_are_fine(self):
        self.accepts("core/models/a.h", '#include <vector>\n#include "files/tensors/npy.h"\n#include <torch/torch.h>\n')
        self.accepts("core/models/a.cpp", '#include "models/a.h"\n#include "config/settings.h"\n')
        self.accepts("core/worker/a.cpp", '#include "training/t.h"\n#include "session/workload.h"\n')
        self.accepts("core/files/a.cpp", '#include <sys/stat.h>\n#include <zlib.h>\n#include "stb_image.h"\n')
        self.accepts("app/main.cpp", '#include "panels/explore.h"\n#include "session/session.h"\n')
        self.accepts("app/panels/a.cpp", '#include "widgets/plot/plot.h"\n#include "imgui.h"\n')

    def test_upward_arrows(self):
        self.refuses("core/models/a.h", '#include "training/t.h"\n', "models may not include training")
        self.refuses("core/session/a.h", '#include "worker/e.h"\n', "session may not include worker")
        self.refuses("core/base/a.h", '#include "files/tensors/npy.h"\n', "base may not include files")
        self.refuses("app/widgets/a.h", '#include "panels/p.h"\n', "app/widgets may not include app/panels")
        self.refuses("core/metrics/a.h", '#include "training/t.h"\n', "metrics may not include training")

    def test_sideways_arrows(self):
        for room in ("data", "models", "flow", "optim"):
            others = {"data", "models", "flow", "optim"} - {room}
            for other in others:
                self.refuses(f"core/{room}/a.h", f'#include "{other}/b.h"\n', f"may not include {other}")

    def test_only_the_named_header_of_a_room(self):
        self.accepts("core/cuda/a.h", '#include "base/seeds.h"\n')
        self.refuses("core/cuda/a.h", '#include "base/paths.h"\n', "cuda may not include base")

    def test_results_of_the_lab_are_a_room_of_their_own(self):
        self.accepts("app/panels/a.cpp", '#include "lab/ghost/result.h"\n#include "lab/tools.h"\n')
        self.refuses("app/panels/a.cpp", '#include "lab/work.h"\n', "app/panels may not include lab")
        self.refuses("core/lab/ghost/result.h", "#include <ATen/ATen.h>\n", "lab_results may not use torch")
        self.accepts("core/lab/ghost/work.cpp", '#include "lab/ghost/result.h"\n#include "inference/model.h"\n')

    def test_rooms_have_subfolders(self):
        self.accepts("core/kernels/tokens/a.cpp", '#include "kernels/tokens/a.h"\n#include "base/errors.h"\n')
        self.refuses("core/kernels/tokens/a.cpp", '#include "models/weights/b.h"\n', "kernels may not include models")
        self.accepts("app/screen/a.cpp", '#include "app/screen/a.h"\n#include "panels/lab/b.h"\n')
        self.refuses("app/panels/lab/a.cpp", '#include "app/screen/b.h"\n', "app/panels may not include app")

    def test_torch_stays_where_it_belongs(self):
        for name in ("core/base/a.h", "core/session/a.h", "core/files/a.cpp", "core/cli/a.cpp",
                     "app/main.cpp", "app/panels/a.cpp", "app/gl/a.h"):
            self.refuses(name, "#include <ATen/ATen.h>\n", "may not use torch")

    def test_torch_through_another_room(self):
        files = {"core/parallel/state.h": "#include <torch/torch.h>\n",
                 "core/cli/a.cpp": '#include "parallel/state.h"\n'}
        lines = self.violations(files)
        self.assertEqual(len(lines), 2, lines)
        self.assertIn("core/cli/a.cpp:1: 'parallel/state.h': cli may not include parallel", lines[0])
        self.assertIn("core/cli/a.cpp: reaches LibTorch", lines[1])

    def test_window_libraries_stay_in_app(self):
        for include in ('"imgui.h"', '"backends/imgui_impl_glfw.h"', "<GLFW/glfw3.h>", "<glad/gl.h>"):
            self.refuses("core/worker/a.cpp", f"#include {include}\n", "may not use")
        self.refuses("app/panels/a.cpp", "#include <GLFW/glfw3.h>\n", "may not use glfw")
        self.refuses("app/widgets/a.cpp", "#include <glad/gl.h>\n", "may not use glad")

    def test_generated_headers_belong_to_one_room(self):
        self.accepts("app/gl/a.cpp", '#include "embedded_shaders.h"\n')
        self.refuses("app/panels/a.cpp", '#include "embedded_shaders.h"\n', "neither")

    def test_cuda_is_named_in_its_room_alone(self):
        for include in ("<cuda_runtime.h>", "<cublas_v2.h>", "<c10/cuda/CUDAStream.h>", "<ATen/cuda/CUDAGraph.h>"):
            self.refuses("core/training/a.cpp", f"#include {include}\n", "may not use cudatoolkit")
            self.accepts("core/cuda/a.cpp", f"#include {include}\n")
        self.refuses("core/training/a.cpp", '#include "cuda/philox.h"\n', "may not include cuda")
        self.refuses("core/cuda/a.cpp", '#include "models/dit.h"\n', "may not include models")

    def test_relative_includes(self):
        self.refuses("core/flow/a.h", '#include "../models/b.h"\n', "relative")
        self.refuses("core/flow/a.h", '#include "./b.h"\n', "relative")
        self.refuses("core/flow/a.h", '#include "b.h"\n', "neither")
        self.refuses("core/flow/a.h", '#include "flow/../models/b.h"\n', "relative")

    def test_unknown_libraries_and_macros(self):
        self.refuses("core/flow/a.h", "#include <boost/any.hpp>\n", "neither")
        self.refuses("core/flow/a.h", "#include HEADER\n", "macro")

    def test_spelling_and_line_numbers(self):
        self.refuses("core/flow/a.h", '\n/*\n*/  #  include   "models/b.h" // why\n', "a.h:3:")

    def test_comments_are_not_includes(self):
        self.accepts("core/flow/a.h", '// #include "models/b.h"\n/*\n#include "training/t.h"\n*/\n')

    def test_files_outside_every_room(self):
        self.refuses("core/utils/a.h", "\n", "no room")
        self.refuses("core/a.h", "\n", "no room")

    def test_every_library_name_in_the_table_exists(self):
        known = {name for name, _ in check_layers.LIBRARIES}
        for room, libraries in TABLE.libraries.items():
            self.assertLessEqual(libraries, known, room)

    def test_a_row_names_rooms_above_it(self):
        self.assertEqual(TABLE.faults, [])
        table = check_layers.Table("a : b :\nb : :\n")
        self.assertEqual(len(table.faults), 1)

    def test_a_row_brings_what_its_rooms_may_include(self):
        table = check_layers.Table("# why\na : :\nb : a x/one.h : zlib\nc : b :\n")
        self.assertEqual(table.rooms["c"], {"a", "b"})
        self.assertEqual(table.libraries["c"], set())


class Namespaces(unittest.TestCase):
    def violations(self, name, text):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.parent.mkdir(parents=True)
            path.write_text(text)
            return check_layers.namespace_violations(Path(folder), TABLE)

    def test_a_room_has_a_namespace_of_its_name(self):
        for name, namespace in (("core/flow/a.h", "lf::flow"), ("app/panels/lab/a.cpp", "lf::app::panels"),
                                ("app/screen/a.h", "lf::app"), ("core/flow/deep/a.h", "lf::flow::detail")):
            self.assertEqual(self.violations(name, f"namespace {namespace} {{\n"), [])

    def test_names_that_everybody_uses_have_none(self):
        for name in ("core/base/a.h", "core/protocol/a.h", "core/lab/ghost/result.h"):
            self.assertEqual(self.violations(name, "namespace lf {\nnamespace {\n"), [])
            self.assertEqual(self.violations(name, "namespace lf::dark {\n"), [])

    def test_another_rooms_namespace_is_reported(self):
        for name, namespace in (("core/flow/a.h", "lf"), ("core/flow/a.h", "lf::models"), ("core/base/a.h", "lf::flow"),
                                ("app/panels/a.h", "lf::app"), ("app/a.h", "lf::app::panels"), ("core/a/b.h", "other")):
            self.assertEqual(len(self.violations(name, f"int a;\nnamespace {namespace} {{\n")), 1, name)

    def test_another_rooms_class_may_be_declared(self):
        for text in ("namespace lf::flow { class Path; }\n", "namespace lf::flow {\nclass Path;\nstruct A;\n}\n"):
            self.assertEqual(self.violations("core/run/a.h", text), [])

    def test_a_namespace_within_the_rooms(self):
        self.assertEqual(self.violations("core/run/a.h", "namespace lf::run {\nnamespace state {\n"), [])

    def test_a_test_stands_in_the_tested_room(self):
        self.assertEqual(self.violations("tests/flow/a_test.cpp", "namespace lf::flow {\n"), [])
        self.assertEqual(self.violations("tests/app/panels/a_test.cpp", "namespace lf::app::panels {\n"), [])
        self.assertEqual(self.violations("tests/lab/ghost/fake.cpp", "namespace lf {\nnamespace net {\n"), [])
        self.assertEqual(self.violations("tests/cuda_device/a_test.cpp", "namespace lf::cuda {\n"), [])
        self.assertEqual(self.violations("tests/support/a.h", "namespace lf::testing {\n"), [])
        self.assertEqual(len(self.violations("tests/flow/a_test.cpp", "namespace lf {\n")), 1)


class Document(unittest.TestCase):
    def test_reads_rows(self):
        text = "| room | holds |\n|---|---|\n| `flow` | paths |\n| `run` | one | two |\n"
        self.assertEqual(check_layers.documented_rooms(text), {"flow"})

    def test_a_missing_or_unknown_room_is_reported(self):
        with tempfile.TemporaryDirectory() as folder:
            rows = [f"| `{room}` | x |" for room in TABLE.rooms]
            page = Path(folder) / "ARCHITECTURE.md"
            page.write_text("\n".join(rows))
            self.assertEqual(check_layers.document_violations(Path(folder), TABLE), [])
            page.write_text("\n".join(rows[:-1]))
            self.assertEqual(len(check_layers.document_violations(Path(folder), TABLE)), 1)
            page.write_text("\n".join([*rows, "| `attic` | x |"]))
            self.assertEqual(len(check_layers.document_violations(Path(folder), TABLE)), 1)


if __name__ == "__main__":
    unittest.main()

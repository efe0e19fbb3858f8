#!/usr/bin/env python3
"""Plants violations and checks that check_layers.py reports each of them, and nothing else."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import check_layers  # noqa: E402  (the path must be set first)


class PlantedIncludes(unittest.TestCase):
    def violations(self, files):
        """The violations in a tree of {path: text}."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            return check_layers.include_violations(Path(folder))

    def accepts(self, name, text):
        self.assertEqual(self.violations({name: text}), [])

    def refuses(self, name, text, part):
        lines = self.violations({name: text})
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith(name), lines)
        self.assertIn(part, lines[0])

    def test_downward_arrows_are_fine(self):
        self.accepts("core/models/a.h", '#include <vector>\n#include "files/npy.h"\n#include <torch/torch.h>\n')
        self.accepts("core/models/a.cpp", '#include "models/a.h"\n#include "messages/settings.h"\n')
        self.accepts("core/experiment/a.cpp", '#include "training/t.h"\n#include "session/workload.h"\n')
        self.accepts("core/files/a.cpp", '#include <sys/stat.h>\n#include <zlib.h>\n#include "stb_image.h"\n')
        self.accepts("app/main.cpp", '#include "panels/explore.h"\n#include "session/session.h"\n')
        self.accepts("app/panels/a.cpp", '#include "widgets/plot.h"\n#include "imgui.h"\n')

    def test_upward_arrows(self):
        self.refuses("core/models/a.h", '#include "training/t.h"\n', "models may not include training")
        self.refuses("core/session/a.h", '#include "experiment/e.h"\n', "session may not include experiment")
        self.refuses("core/messages/a.h", '#include "files/npy.h"\n', "messages may not include files")
        self.refuses("app/widgets/a.h", '#include "panels/p.h"\n', "app/widgets may not include app/panels")
        self.refuses("core/metrics/a.h", '#include "training/t.h"\n', "metrics may not include training")

    def test_sideways_arrows(self):
        for room in ("data", "models", "flow", "optim"):
            others = {"data", "models", "flow", "optim"} - {room}
            for other in others:
                self.refuses(f"core/{room}/a.h", f'#include "{other}/b.h"\n', f"may not include {other}")

    def test_only_the_named_header_of_a_room(self):
        self.refuses("core/flow/a.h", '#include "messages/snapshot.h"\n', "flow may not include messages")
        self.refuses("core/experiment/a.h", '#include "session/session.h"\n', "may not include session")

    def test_torch_stays_where_it_belongs(self):
        for name in ("core/messages/a.h", "core/session/a.h", "core/files/a.cpp", "core/cli/a.cpp",
                     "app/main.cpp", "app/panels/a.cpp", "app/gl/a.h"):
            self.refuses(name, "#include <ATen/ATen.h>\n", "may not use torch")

    def test_torch_through_another_room(self):
        files = {"core/experiment/factory.h": '#include "experiment/state.h"\n',
                 "core/experiment/state.h": "#include <torch/torch.h>\n",
                 "core/cli/a.cpp": '#include "experiment/factory.h"\n'}
        lines = self.violations(files)
        self.assertEqual(len(lines), 1, lines)
        self.assertIn("core/cli/a.cpp: reaches LibTorch", lines[0])

    def test_window_libraries_stay_in_app(self):
        for include in ('"imgui.h"', '"backends/imgui_impl_glfw.h"', "<GLFW/glfw3.h>", "<glad/gl.h>"):
            self.refuses("core/experiment/a.cpp", f"#include {include}\n", "may not use")
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
        self.refuses("core/flow/deep/a.h", "\n", "no room")

    def test_every_library_name_in_the_table_exists(self):
        known = {name for name, _ in check_layers.LIBRARIES} | set(check_layers.ROOMS)
        for room, allowed in check_layers.ROOMS.items():
            for word in allowed:
                self.assertIn(word if word in known else word.split("/")[0], known, f"{room}: {word}")

    def test_the_table_has_no_circle(self):
        order = list(check_layers.ROOMS)
        for room, allowed in check_layers.ROOMS.items():
            for word in allowed:
                below = word if word in order else word.rpartition("/")[0]
                if below in order:
                    self.assertLess(order.index(below), order.index(room), f"{room} -> {word}")


class Document(unittest.TestCase):
    def test_reads_rows(self):
        text = "| room | holds | may include |\n|---|---|---|\n| `flow` | paths | `files`, `messages/settings.h` |\n"
        self.assertEqual(check_layers.documented_rooms(text), {"flow": {"files", "messages/settings.h"}})

    def test_a_missing_or_wider_row_is_reported(self):
        with tempfile.TemporaryDirectory() as folder:
            rows = [f"| `{room}` | x | {', '.join(f'`{w}`' for w in allowed) or 'nothing'} |"
                    for room, allowed in check_layers.ROOMS.items()]
            page = Path(folder) / "ARCHITECTURE.md"
            page.write_text("\n".join(rows))
            self.assertEqual(check_layers.document_violations(Path(folder)), [])
            page.write_text("\n".join(rows[:-1]))
            self.assertEqual(len(check_layers.document_violations(Path(folder))), 1)
            page.write_text("\n".join(rows).replace("`files`", "`files`, `session`", 1))
            self.assertEqual(len(check_layers.document_violations(Path(folder))), 1)


if __name__ == "__main__":
    unittest.main()

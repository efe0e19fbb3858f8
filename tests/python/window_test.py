#!/usr/bin/env python3
"""The Python package opens the real window, drives it line by line, and closes it; and uses one that is open already.

Usage: window_test.py PROGRAM. Needs a display (run it under xvfb-run); exits 77, which ctest reads as skipped, without
one or without numpy."""
import os
import random
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from workbench import SKIPPED, missing_packages, private_environment, write_digits

FOLDER = tempfile.TemporaryDirectory()


class WindowTest(unittest.TestCase):
    def setUp(self):
        import latentflow
        self.lf = latentflow
        self.folder = Path(FOLDER.name)

    def fails(self, kind, call, *words):
        with self.assertRaises(kind) as caught:
            call()
        for word in words:
            self.assertIn(word, str(caught.exception))

    def test_trains_waits_photographs_and_closes(self):
        with self.lf.Window() as window:
            self.assertEqual(window.page, "explore")
            self.assertEqual(window.send("page runs", "t 0.25")["t"], 0.25)
            self.assertEqual(window.page, "runs")
            window.send("# a comment", "", "page training", "preset tiny", "set quality.final 0",
                        "train steps=100000 out=" + str(self.folder / "run"))
            state = window.wait_for("flow.step>=3")
            self.assertGreaterEqual(state["flow_step"], 3)
            self.assertTrue(window.items["train"]["visible"])
            image = window.screenshot(self.folder / "window.png")
            self.assertEqual(self.lf.read_png_size(image.read_bytes()), tuple(window.ui_map["window"]))
            self.fails(self.lf.InputError, lambda: window.send("jump high"), "script:", "'jump'")
            self.fails(self.lf.InputError, lambda: window.send("page nowhere"), "'nowhere'", "explore")
            self.fails(self.lf.RunError, lambda: window.send("open /nothing"), "/nothing")
            self.fails(self.lf.InputError, lambda: window.send("a\nb"), "line break")
            self.fails(self.lf.RunError, lambda: window.wait(lambda state: False, timeout=0.2), "0.2 s")
        self.assertFalse(window.running)
        self.assertEqual(self.lf.Run(self.folder / "run").state, "paused")
        self.fails(self.lf.LatentFlowError, lambda: window.send("pause"))

    def test_says_why_no_window_opened(self):
        self.fails(self.lf.InputError, lambda: self.lf.Window(frames="many"), "--frames", "'many'")

    def test_attaches_to_a_window_that_reads_a_pipe(self):
        pipe, ui_map = self.folder / "pipe", self.folder / "ui.json"
        os.mkfifo(pipe)
        self.fails(self.lf.InputError, lambda: self.lf.Window.attach(pipe, ui_map), "no window reads")
        program = subprocess.Popen([str(self.lf.find_program()), "--script", str(pipe), "--ui-map", str(ui_map)])
        end = time.monotonic() + 60
        while not ui_map.exists() and time.monotonic() < end:
            time.sleep(0.05)
        for page in ("log", "runs"):
            with self.lf.Window.attach(pipe, ui_map) as window:
                window.send("page " + page)
                self.assertEqual(window.page, page)
            self.assertIsNone(program.poll())
        self.lf.Window.attach(pipe, ui_map).quit()
        self.assertEqual(program.wait(30), 0)


def main():
    if not os.environ.get("DISPLAY") or missing_packages("numpy"):
        print("no display or no numpy: skipped")
        return SKIPPED
    with FOLDER:
        os.environ.update(private_environment(FOLDER.name), LATENTFLOW_PROGRAM=os.path.abspath(sys.argv[1]),
                          LATENTFLOW_DATA=os.path.join(FOLDER.name, "digits"))
        write_digits(os.path.join(FOLDER.name, "digits"), random.Random(1))
        tests = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__])
        return 0 if unittest.TextTestRunner(verbosity=2).run(tests).wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())

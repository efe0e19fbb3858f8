#!/usr/bin/env python3
"""What ./dev lets ninja build, and what it says before: with tools in its path that only write down how they are called.

    dev_test.py SOURCES
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCES = Path(sys.argv.pop(1)).resolve()
BUILD = Path("../build.ninja").resolve()  # tests run in the folder of their build
BRIEF = {"dpkg-query": 'for word in "$@"; do [[ $word == -* ]] || echo "installed $word"; done',
         "apt-get": "exit 0", "g++": "exit 0", "ctest": 'echo "ctest $*" >> "$CALLS"',
         "xvfb-run": 'exit 0', "nproc": "echo 4"}
CMAKE = r'''
echo "cmake $*" >> "$CALLS"
if [[ $1 == --preset ]]; then mkdir -p "build/$2" && echo "build $PROBE: CXX" > "build/$2/build.ninja"; fi
mkdir -p build/release/bin && printf '#!/bin/bash\necho "program $*" >> "$CALLS"\n' > build/release/bin/latentflow
chmod +x build/release/bin/latentflow'''
# Counts as ninja does: the steps in $STEPS_LEFT; the probe alone takes $PROBE_SECONDS.
NINJA = r'''
[[ $4 == .steps.ninja || $3 == -f ]] || exit 1
if [[ " $* " == *" -n "* ]]; then
  steps=$STEPS_LEFT
  [[ $* != *"$PROBE"* ]] || steps=1
  if ((steps == 0)); then echo "ninja: no work to do."; else echo "$steps steps: Linking"; fi
else
  sleep "$PROBE_SECONDS"
fi'''


JOINED = "core/CMakeFiles/lf_config.dir/Unity/unity_0_cxx.cxx.o"
SINGLE = "core/CMakeFiles/lf_config.dir/config/settings.cpp.o"


def script(folder, name, body):
    file = folder / name
    file.write_text("#!/usr/bin/env bash\n" + body + "\n")
    file.chmod(0o755)


class Dev(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        self.clone = self.root / "clone"
        (self.clone / "tests/fuzz").mkdir(parents=True)
        for name in ("dev", "CMakePresets.json"):
            shutil.copy(SOURCES / name, self.clone)
        self.tools = self.root / "tools"
        self.tools.mkdir()
        for name, body in {**BRIEF, "cmake": CMAKE, "ninja": NINJA}.items():
            script(self.tools, name, body)
        torch = self.root / "torch/include/ATen"
        torch.mkdir(parents=True)
        (torch / "ATen.h").touch()

    def dev(self, *words, steps=500, probe=0, kind=JOINED):
        environment = {"PATH": f"{self.tools}:{os.environ['PATH']}", "HOME": str(self.root), "CALLS": str(self.root / "calls"),
                       "CMAKE_PREFIX_PATH": str(self.root / "torch"), "STEPS_LEFT": str(steps), "PROBE_SECONDS": str(probe),
                       "LATENTFLOW_JOBS": "2", "DISPLAY": ":0", "PROBE": kind}
        done = subprocess.run([str(self.clone / "dev"), *words], env=environment, capture_output=True, text=True, timeout=60,
                              stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr, (self.root / "calls").read_text().splitlines()

    def builds(self, *words):
        return [line for line in self.dev(*words)[1] if line.startswith("cmake --build")]

    def test_run_build_and_bench_leave_the_tests_out(self):
        for words in (["build"], ["run", "info"], ["bench", "flow-step"]):
            self.assertEqual(self.builds(*words)[-1:], ["cmake --build build/release -j 2 --target latentflow"], words)

    def test_program_gets_its_words(self):
        self.assertIn("program info --json", self.dev("run", "info", "--json")[1])
        self.assertIn("program bench flow-step", self.dev("bench", "flow-step")[1])

    def test_named_targets_and_options(self):
        self.assertEqual(self.builds("build", "core", "test_flow", "-DX=1"),
                         ["cmake --build build/core -j 2 --target test_flow"])
        self.assertIn("cmake --preset core -DX=1", (self.root / "calls").read_text())
        self.assertEqual(self.builds("build", "fuzz")[-1:], ["cmake --build build/fuzz -j 2 --target all"])

    def test_testing_builds_everything(self):
        script(self.tools, "python3", "exit 0")
        self.assertEqual(self.builds("test", "debug"), ["cmake --build build/debug -j 2"])

    def test_says_how_long_before_it_builds(self):
        said, _ = self.dev("build", steps=500, probe=0.5)
        # Half a second for all of a room: 0.75 s a step, two at once.
        self.assertRegex(said, r"500 steps: about [34] min with 2 compilers")
        cached, _ = self.dev("build", steps=300, probe=0)
        self.assertRegex(cached, r"300 steps, probably in the compiler cache: (less than a minute|about 1 min) with 2")
        shutil.rmtree(self.clone / "build")
        said, _ = self.dev("build", steps=500, probe=0.5, kind=SINGLE)
        # Half a second for one file of it: 1.25 s a step.
        self.assertRegex(said, r"500 steps: about [56] min with 2 compilers")
        few, _ = self.dev("build", steps=3)
        self.assertNotIn("steps", few)
        none, _ = self.dev("build", steps=0)
        self.assertNotIn("steps", none)

    @unittest.skipUnless(BUILD.exists(), "not called by a build")
    def test_the_real_build_has_a_probe(self):
        text = BUILD.read_text()
        self.assertTrue(any(f"build {probe}:" in text for probe in (JOINED, SINGLE)))


if __name__ == "__main__":
    unittest.main()

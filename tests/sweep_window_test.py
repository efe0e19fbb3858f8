#!/usr/bin/env python3
"""Plans a sweep in the real window, estimates, starts, stops and continues it.

Usage: sweep_window_test.py PROGRAM. Needs a display (run it under xvfb-run) and xdotool; exits 77, which ctest reads
as skipped, where either is missing. A few simple digits and a classifier trained on them are used."""
import os
import random
import subprocess
import sys
import tempfile

from real_window import SKIPPED, Window, displayless, private_environment
from sweep_kill_test import write_digits

PLAN = """page sweep
preset tiny
set quality.final 200
set marks 0
set autoencoder.epochs 1
view sweep.axis0.setting flow.lr
view sweep.axis0.values "0.003 0.006"
view sweep.axis1.setting flow.width
view sweep.axis1.values "32 64"
view sweep.budget 60
"""


def states(ui):
    return [item["value"] for name, item in sorted(ui["items"].items()) if name.startswith("sweep.run.")]


def main():
    if displayless():
        print("no display or no xdotool: skipped")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "digits")
        write_digits(data, random.Random(1))
        subprocess.run([sys.argv[1], "judge", "--out", os.path.join(folder, "judge.safetensors")],
                       env=private_environment(folder, data), check=True, capture_output=True)
        script = os.path.join(folder, "plan.txt")
        with open(script, "w") as file:
            file.write(PLAN)
        window = Window(sys.argv[1], folder, ["--script", script], data=data)
        ui = window.wait("the number of runs", lambda u: u["items"].get("sweep.start", {}).get("enabled") and
                         u["items"]["sweep.outlook"]["value"].startswith("8 runs"))
        assert "about" not in ui["items"]["sweep.outlook"]["value"], "nothing was measured yet"
        window.click("sweep.estimate")
        ui = window.wait("the estimate", lambda u: "about" in u["items"]["sweep.outlook"]["value"])
        print(ui["items"]["sweep.outlook"]["value"])
        window.click("sweep.start")
        window.wait("two finished runs", lambda u: states(u).count("done") >= 2)
        window.click("sweep.stop")
        ui = window.wait("the end of the job", lambda u: u["items"]["sweep.continue"]["enabled"])
        assert "waiting" in states(ui) and "running" not in states(ui), states(ui)
        stored = ui["items"]["sweep.folder"]["value"]
        assert os.path.exists(os.path.join(stored, "sweep.json")), stored
        window.click("sweep.continue")
        ui = window.wait("the last run", lambda u: len(states(u)) == 8 and
                         all(state in ("done", "stopped") for state in states(u)))
        cells = [item["value"] for name, item in ui["items"].items() if name.startswith("sweep.cell.")]
        assert sum(cell.startswith("best") for cell in cells) == 1, cells
        assert ui["state"]["error"] == "", ui["state"]["error"]
        window.process.terminate()
        window.process.wait(timeout=20)
        print("a sweep was planned, estimated, stopped and continued in the window")
    return 0


if __name__ == "__main__":
    sys.exit(main())

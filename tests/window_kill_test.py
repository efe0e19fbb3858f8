#!/usr/bin/env python3
"""Kills the real window at random moments while it trains; each next start must offer the run, and go on with a click.

Usage: window_kill_test.py PROGRAM [KILLS [SEED]]. Needs a display (run it under xvfb-run) and xdotool. The preset is
fast on the built-in digits, saved as often as saving takes two hundredths of the time: every few seconds. Fails where
no offer comes, a file is torn, or more training than that is lost."""
import json
import os
import random
import signal
import sys
import tempfile
import time

from kill_test import check_files, fail
from real_window import SKIPPED, Window, displayless

AUTOSAVE = 0.5
MOST_LOST = 6.0  # a save of 50 to 100 ms comes every 2.5 to 5 s
LONGEST = 12.0  # seconds of training before a kill: two such intervals
OFFERS = ("crashed.action", "last_run.action")


def offer(ui):
    return next((name for name in OFFERS if name in ui["items"]), None)


def kill_in_training(window, random_numbers):
    """The seconds of training that the window had shown."""
    window.wait("training", lambda u: u["state"]["running"] and u["state"]["seconds"] > 0)
    time.sleep(random_numbers.uniform(0, LONGEST))
    seen = window.read()["state"]["seconds"]
    window.process.send_signal(signal.SIGKILL)
    window.process.wait()
    return seen


def start(program, folder, script):
    """A window that trains on, by its offer; a new run where there is none yet or the last one is done."""
    window = Window(program, folder, ["--script", script])
    ready = window.wait("the window to be ready", lambda u: u["items"]["train"]["enabled"])
    runs = os.path.join(folder, "latentflow", "runs")
    expected = os.path.isdir(runs) and not done(runs)
    if expected:
        ready = window.wait("the offer", offer)
    window.click(offer(ready) if expected else "train")
    return window, expected


def newest(runs):
    return os.path.join(runs, max(os.listdir(runs)))


def done(runs):
    with open(os.path.join(newest(runs), "report.json"), encoding="utf-8") as file:
        return json.load(file)["state"] == "done"


def main():
    if displayless():
        print("skipped:", displayless())
        return SKIPPED
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    print("seed", seed)
    random_numbers = random.Random(seed)
    offered, lost = 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        script = os.path.join(folder, "script.txt")
        with open(script, "w", encoding="utf-8") as file:
            file.write(f"preset fast\nset autosave {AUTOSAVE}\n")
        for _ in range(kills):
            window, was_offered = start(sys.argv[1], folder, script)
            offered += was_offered
            seen = kill_in_training(window, random_numbers)
            saved = check_files(newest(os.path.join(folder, "latentflow", "runs")))
            lost = max(lost, seen - saved)
            if lost > MOST_LOST:
                fail(f"{lost:.2f} s of training lost")
        print(f"{kills} kills, {offered} runs offered and gone on with, at most {lost:.2f} s lost; the last stood at "
              f"{saved:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

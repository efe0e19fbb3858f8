#!/usr/bin/env python3
"""Keeps order in the runs of the real window, and passes a view from one window to another.

Usage: order_test.py PROGRAM. Needs a display (run it under xvfb-run) and xdotool; exits 77, which ctest reads as
skipped, where either is missing."""
import json
import os
import subprocess
import sys
import tempfile
import time

from real_window import SKIPPED, Window, displayless, private_environment, xdotool

STEPS = 30


def train(program, folder):
    """A small run with marks; its name."""
    subprocess.run([os.path.abspath(program), "train", "--preset", "tiny", "--steps", str(STEPS)], cwd=folder,
                   env=private_environment(folder), check=True, capture_output=True)
    runs = os.path.join(folder, "latentflow", "runs")
    return [name for name in os.listdir(runs) if name[0] != "."][0]


def script(folder, *lines):
    path = os.path.join(folder, "script.lf")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path


def check_label(window, folder, run):
    window.wait("the run in its list", lambda u: "runs.row.0" in u["items"])
    window.click("runs.star.0")
    window.wait("its star", lambda u: u["items"]["runs.star.0"]["value"] == "on")
    window.click("runs.details.0")
    window.wait("its details", lambda u: "runs.label.name.0" in u["items"])
    window.click("runs.label.name.0")
    window.wait("the cursor in the field", lambda u: u["state"]["typing"])
    xdotool("type", "--delay", "30", "the best")
    window.wait("the typed name", lambda u: u["items"]["runs.label.name.0"]["value"] == "the best")
    xdotool("key", "Return")
    window.wait("its name", lambda u: u["items"]["runs.row.0"]["label"] == "the best")
    with open(os.path.join(folder, "latentflow", "runs", run, "label.json"), encoding="utf-8") as file:
        stored = json.load(file)
    assert stored["name"] == "the best" and stored["star"] is True, stored


def check_trash(window, folder, run):
    place = os.path.join(folder, "latentflow", "runs", run)
    window.click("runs.delete.0")
    window.wait("the undo", lambda u: "undo_delete.action" in u["items"] and "runs.row.0" not in u["items"])
    assert not os.path.exists(place)
    window.click("undo_delete.action")
    window.wait("the run again", lambda u: u["items"].get("runs.row.0", {}).get("label") == "the best")
    assert os.path.exists(os.path.join(place, "model.safetensors"))


def shows(ui):
    """True for the view of check_views()."""
    state, items = ui["state"], ui["items"]
    return (ui["page"] == "flow-lab" and state["t"] == 0.25 and state["view_step_shown"] and
            state["view_step"] == STEPS and items["lab.tool.guidance"]["value"] == "on" and
            items["lab.guidance.question"]["value"] == "complete")


def pictured(ui):
    """What the tool says about this noise, this digit and these weights."""
    names = ("lab.guidance", "lab.guidance.grid", "lab.guidance.headings", "lab.guidance.lengths")
    return {name: ui["items"][name]["value"] for name in names}


def check_views(program, folder, run):
    """A line of a script opens the view; copied there, it is pasted into a window that shows something else."""
    line = (f"view open={run} page=flow-lab tool=guidance t=0.25 step={STEPS} digit=7 selected=3 preview.seed=11 "
            f"runs={run}")
    first = Window(program, folder, ["--script", script(folder, line)])
    second = None
    try:
        view = first.wait("the view of the line", shows)
        xdotool("mousemove", 700, 400)
        xdotool("key", "ctrl+c")
        first.wait("the notice", lambda u: "view_notice" in u["items"])
        with tempfile.TemporaryDirectory() as other:
            os.symlink(os.path.join(folder, "latentflow"), os.path.join(other, "latentflow"))
            second = Window(program, other, ["--script", script(other, "page log")])
            second.wait("another view", lambda u: u["page"] == "log" and u["state"]["phase"] != "loading")
            time.sleep(0.5)
            xdotool("mousemove", 710, 410)
            xdotool("key", "ctrl+v")
            copy = second.wait("the same view", shows)
            assert pictured(view) == pictured(copy), (pictured(view), pictured(copy))
            second.click("page.runs")
            second.wait("the compared run", lambda u: u["items"].get("runs.compare.0", {}).get("value") == "on")
    finally:
        for window in (first, second):
            if window and window.process.poll() is None:
                window.process.kill()
                window.process.wait()


def main():
    if displayless():
        print("skipped:", displayless())
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        run = train(sys.argv[1], folder)
        window = Window(sys.argv[1], folder, ["--script", script(folder, "page runs")])
        try:
            check_label(window, folder, run)
            check_trash(window, folder, run)
        finally:
            window.process.kill()
            window.process.wait()
        check_views(sys.argv[1], folder, run)
    print("runs are in order, and a view passes from window to window")
    return 0


if __name__ == "__main__":
    sys.exit(main())

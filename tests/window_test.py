#!/usr/bin/env python3
"""Drives the real window as a person would: click Train, drag t, switch pages, close while training,
take what is offered at the next start.

Usage: window_test.py PROGRAM. Needs a display (run it under xvfb-run) and xdotool; exits 77, which ctest reads as
skipped, where either is missing. The window is read through its ui-map, never through timing alone."""
import os
import signal
import sys
import tempfile
import time

from real_window import SKIPPED, Window, displayless, steps, xdotool


def check_first_look(window):
    ui = window.wait("the first frame", lambda u: u["items"]["train"]["enabled"])
    assert ui["state"]["first_frame_ms"] < 3000, f"first frame after {ui['state']['first_frame_ms']} ms"
    for name in ("train", "reset", "step", "preset", "t", "play", "page.explore", "page.training", "page.log",
                 "plot.loss", "grid.flow", "grid.reconstruction", "map.latent"):
        assert name in ui["items"], f"the ui-map lacks {name}"


CARDS = ("grid.flow", "strip.flow", "map.latent", "plot.loss", "plot.autoencoder", "grid.reconstruction")
FILLED_BY = 60  # autoencoder steps: less than a second on a quiet machine


def check_first_phase(window):
    """A run at work: until its first generated digits no card of Explore is empty for long."""
    window.wait("the first steps", lambda u: u["state"]["running"] and steps(u) >= FILLED_BY)
    seen = set()

    def generated(ui):
        empty = [name for name in CARDS if ui["items"][name]["value"] == "empty"]
        assert not empty, f"{empty} empty at {ui['state']['phase']} step {steps(ui)}"
        seen.add(ui["items"]["grid.flow"]["label"])
        return ui["items"]["grid.flow"]["label"] == "Digits at t"

    window.wait("generated digits", generated)
    assert "Test digits and their reconstructions" in seen, seen


def check_training(window):
    window.click("train")
    # The shipped model has steps of its own: only those of a running run count.
    before = window.wait("training", lambda u: u["state"]["running"] and steps(u) >= 3)
    window.wait("more steps", lambda u: steps(u) > steps(before))
    window.click("train")
    paused = window.wait("the pause", lambda u: not u["state"]["running"])
    time.sleep(0.5)
    assert steps(window.read()) == steps(paused), "paused, yet it goes on"
    window.click("step")
    window.wait("one step", lambda u: steps(u) == steps(paused) + 1)
    window.click("train")
    window.wait("resuming", lambda u: steps(u) > steps(paused) + 1)


def check_slider(window):
    x, y, w, h = window.read()["items"]["t"]["rect"]
    xdotool("mousemove", x + 0.2 * w, y + h / 2, "mousedown", 1)
    for share in (0.4, 0.6, 0.75):
        xdotool("mousemove", x + share * w, y + h / 2)
        time.sleep(0.15)
    xdotool("mouseup", 1)
    window.wait("t near 0.75", lambda u: abs(u["state"]["t"] - 0.75) < 0.1, 10)


def check_looking_back(window):
    """The track of training steps, while the run trains: an early step is shown, training goes on, End returns."""
    window.wait("some marks", lambda u: u["state"]["marks"] >= 4 and u["items"]["marks"]["visible"])
    x, y, w, h = window.read()["items"]["marks"]["rect"]
    xdotool("mousemove", x + 0.9 * w, y + h / 2, "mousedown", 1)
    for share in (0.6, 0.3, 0.02):
        xdotool("mousemove", x + share * w, y + h / 2)
        time.sleep(0.15)
    xdotool("mouseup", 1)
    past = window.wait("an early step", lambda u: u["state"]["view_step_shown"] and u["state"]["drawn_step"] <= 2)
    assert past["state"]["view_step"] == past["state"]["drawn_step"], past["state"]
    window.wait("training to go on", lambda u: steps(u) > steps(past))
    xdotool("key", "End")
    window.wait("the present", lambda u: u["state"]["view_step"] == -1 and u["state"]["drawn_step"] > 2)


def check_branch(window):
    """A branch from an early step replaces the run that trains; then both are compared on the same noise."""
    before = window.read()["state"]
    x, y, w, h = window.read()["items"]["marks"]["rect"]
    xdotool("mousemove", x + 0.3 * w, y + h / 2, "click", 1)
    shown = window.wait("an early step", lambda u: u["state"]["view_step"] > 0)["state"]["view_step"]
    window.click("marks.branch")
    branched = window.wait("the branch", lambda u: u["state"]["model"] != before["model"]
                           and u["state"]["running"], 60)
    assert "branch-" in branched["state"]["model"], branched["state"]["model"]
    assert steps(branched) >= shown, (steps(branched), shown)
    window.click("page.runs")
    window.wait("two runs", lambda u: "runs.compare.1" in u["items"])
    for row in ("runs.compare.0", "runs.compare.1"):
        window.click_until(row, f"{row} to be chosen", lambda u, row=row: u["items"][row]["value"] == "on", 5)
    window.click_until("page.compare", "the page Compare", lambda u: u["page"] == "compare", 5)
    window.wait("both grids", lambda u: all(u["items"].get(f"compare.grid.{i}", {}).get("value", "").startswith("state")
                                            for i in (0, 1)), 30)
    window.click_until("compare.mode.difference", "the difference",
                       lambda u: u["items"].get("compare.grid", {}).get("value") == "difference")
    window.click("page.explore")


def check_pages(window):
    for page in ("training", "reconstructions", "quality", "runs", "log", "explore"):
        window.click("page." + page)
        window.wait("page " + page, lambda u, page=page: u["page"] == page, 10)


def check_closing(window, folder):
    assert steps(window.read()) > 0
    start = time.monotonic()
    window.process.send_signal(signal.SIGTERM)
    code = window.process.wait(timeout=20)
    print(f"closed while training in {time.monotonic() - start:.2f} s")
    assert code == 0, f"exit code {code}"
    runs = os.path.join(folder, "latentflow", "runs")
    saved = [name for name in os.listdir(runs) if os.path.exists(os.path.join(runs, name, "checkpoint.safetensors"))]
    assert saved, f"nothing saved in {os.listdir(runs)}"


def check_offers(program, folder):
    """A run that was left in its middle is offered at the next start, and one that was killed goes on with a click."""
    window = Window(program, folder)
    try:
        window.wait("the offer of the last run", lambda u: "last_run.action" in u["items"])
        window.click("last_run.dismiss")
        window.wait("the offer to go", lambda u: "last_run" not in u["items"] and u["items"]["train"]["enabled"])
        window.click("train")
        window.wait("training", lambda u: u["state"]["running"] and steps(u) >= 3)
    finally:
        window.process.kill()
        window.process.wait()
    window = Window(program, folder)
    try:
        window.wait("the offer of the killed run", lambda u: "crashed.action" in u["items"])
        window.click("crashed.action")
        window.wait("its training to go on", lambda u: u["state"]["running"] and "crashed" not in u["items"])
    finally:
        window.process.kill()
        window.process.wait()


def main():
    if displayless():
        print("skipped:", displayless())
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        window = Window(sys.argv[1], folder)
        try:
            check_first_look(window)
            check_training(window)
            check_first_phase(window)
            check_slider(window)
            check_looking_back(window)
            check_branch(window)
            check_pages(window)
            check_closing(window, folder)
            check_offers(sys.argv[1], folder)
        finally:
            if window.process.poll() is None:
                window.process.kill()
    print("the window does what it says")
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Keyboard and mouse of the real window as fast as a program, a touch screen or a remote hand gives them, and on other
layouts: each thing ten times of ten.

usage: hand_test.py PROGRAM. Needs a display of its own (xvfb-run), xdotool and setxkbmap; exits 77, which ctest reads
as skipped, where one is missing."""
import os
import shutil
import subprocess
import sys
import tempfile
import time

from real_window import SKIPPED, Window, displayless, xdotool

TRIALS = 10


def layout(name):
    subprocess.run(["setxkbmap", name], check=True)
    time.sleep(0.3)  # every client is told


def key(*names):
    xdotool("key", "--delay", 0, *names)


def burst(*lines):
    """One xdotool for all of it: nothing lies between."""
    subprocess.run(["xdotool", "-"], input="\n".join(lines) + "\n", check=True, text=True)


def start(program, folder):
    window = Window(program, folder)
    window.wait("the window to be ready", lambda u: u["items"]["train"]["enabled"])
    return window


def check_first_clicks(window):
    """The pointer jumps in and clicks at once, back out, and in again."""
    for i in range(TRIALS):
        page = ("training", "log")[i % 2]
        x, y = window.centre("page." + page)
        xdotool("mousemove", x, y, "click", 1, "mousemove", 5, 600)
        window.wait(f"page {page}, click {i}", lambda u, page=page: u["page"] == page, 10)


def check_taps(window, folder):
    """A field is opened, filled and entered, each tap shorter than a frame."""
    missing = os.path.join(folder, "missing.safetensors")
    for i in range(TRIALS):
        key("ctrl+o")
        window.wait("the field", lambda u: "files.path" in u["items"] and u["state"]["typing"], 10)
        xdotool("type", "--delay", 0, missing)
        window.wait(f"the text {i}", lambda u: u["items"]["files.path"]["value"] == missing, 10)
        key("Return")
        window.wait(f"Enter {i} to be taken", lambda u: "files.path" not in u["items"], 10)


def check_one_burst(window):
    """Opened, typed, corrected and entered in one go: nothing of it reaches the window's own keys."""
    before = window.read()["state"]
    for i in range(TRIALS):
        burst("key --delay 0 ctrl+o", "type --delay 0 'rst 12p'", "key --delay 0 BackSpace", "key --delay 0 BackSpace",
              "key --delay 0 Home", "type --delay 0 /", "key --delay 0 Return")
        window.wait(f"the error {i}", lambda u: "/rst 1" in u["state"]["error"] and "files.path" not in u["items"], 15)
        key("Escape")
    after = window.read()
    assert (after["page"], after["state"]["theme"]) == ("explore", before["theme"]), "letters became shortcuts"


def check_select_all(window):
    """Ctrl with letters inside of a field, by the letter."""
    key("ctrl+o")
    window.wait("the field", lambda u: "files.path" in u["items"] and u["state"]["typing"], 10)
    xdotool("type", "--delay", 0, "old")
    key("ctrl+a")
    xdotool("type", "--delay", 0, "new")
    window.wait("the text to be replaced", lambda u: u["items"]["files.path"]["value"] == "new", 10)
    key("Escape")
    window.wait("the panel to close", lambda u: "files.path" not in u["items"], 10)


def check_pages_and_font(window, minus):
    key("1")
    window.wait("page 1", lambda u: u["page"] == "explore", 10)
    font = window.read()["state"]["font_scale"]
    key(minus)
    ui = window.wait("smaller writing", lambda u: u["state"]["font_scale"] < font, 10)
    assert ui["page"] == "explore", f"{minus} also turned to page {ui['page']}"
    key("plus")
    window.wait("larger writing", lambda u: abs(u["state"]["font_scale"] - font) < 0.01, 10)
    key("4")
    window.wait("page 4", lambda u: u["page"] == "reconstructions", 10)
    key("1")


def check_numbers(window):
    """A number is clicked, typed and entered in one go: its digits turn no pages."""
    if window.read()["items"]["settings"]["value"] == "folded":
        window.click("settings")
    name = "setting.seed"
    window.wait("the settings", lambda u: u["items"].get(name, {}).get("visible"), 10)
    x, y = window.centre(name)
    for i in range(TRIALS):
        steps = str(124 + i)
        burst(f"mousemove {x:.0f} {y:.0f} click 1", f"type --delay 0 {steps}", "key --delay 0 Return",
              "mousemove 5 600")
        ui = window.wait(f"{steps} to be taken", lambda u, s=steps: u["items"][name]["value"].split()[0] == s, 10)
        assert ui["page"] == "explore", f"{steps} turned to page {ui['page']}"


def check_home(window):
    """~ is the home folder, which is the test's own; text and Enter may come in one frame."""
    home = os.path.dirname(window.map)
    for i in range(TRIALS):
        key("ctrl+o")
        window.wait("the field", lambda u: "files.path" in u["items"] and u["state"]["typing"], 10)
        burst(f"type --delay 0 '~/nothing here {i}'", "key --delay 0 Return")
        window.wait(f"path {i} in the home folder", lambda u, i=i: f"{home}/nothing here {i}" in u["state"]["error"], 10)
        key("Escape")


def check_closing(window, *keys):
    key(*keys)
    code = window.process.wait(timeout=20)
    assert code == 0, f"exit code {code}"


def check_layouts(program, folder):
    closing = {"fr": "ctrl+q", "de": "ctrl+q", "dvorak": "ctrl+q", "us(dvp)": "ctrl+q", "ru": "ctrl+24", "gr": "ctrl+24"}
    for name, keys in closing.items():
        base, _, variant = name.replace("dvorak", "us(dvorak)").rstrip(")").partition("(")
        subprocess.run(["setxkbmap", base, *(["-variant", variant] if variant else [])], check=True)
        time.sleep(0.3)
        window = start(program, folder)
        try:
            if name in ("fr", "de"):
                check_pages_and_font(window, "minus")
                check_select_all(window)
            if name != "dvorak":
                key("ctrl+w")  # of no meaning, wherever it lies
            key("ctrl+a")
            time.sleep(0.5)
            assert window.process.poll() is None, f"{name}: Ctrl+A ended the program"
            check_closing(window, keys)
        finally:
            window.process.kill()
        print(name, "is understood", flush=True)
    window = start(program, folder)
    check_closing(window, "ctrl+q")  # a letter that the layout lacks: xdotool gives it a key, as screen keyboards do
    layout("us")


def main():
    missing = displayless() or ("" if shutil.which("setxkbmap") else "no setxkbmap")
    if missing:
        print("skipped:", missing)
        return SKIPPED
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        layout("us")
        window = start(program, folder)
        try:
            check_first_clicks(window)
            key("1")
            check_taps(window, folder)
            check_one_burst(window)
            check_select_all(window)
            check_pages_and_font(window, "minus")
            check_home(window)
            check_numbers(window)
            print("us is understood, ten of ten", flush=True)
            check_closing(window, "ctrl+q")
        finally:
            window.process.kill()
        check_layouts(program, folder)
    print("keyboard and mouse do what they say")
    return 0


if __name__ == "__main__":
    sys.exit(main())

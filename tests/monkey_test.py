#!/usr/bin/env python3
"""Presses, drags, types and resizes at random in the real window while it trains; nothing may break.

usage: monkey_test.py PROGRAM ACTIONS [SEED]

All the while: the program is alive, its frames go on, and descriptors and textures stay few. At the end: every page
comes by its key, and Train trains. Ctrl+Q is one of the keys: the program has to end with 0, and is started again.
Exits 77 (skipped) without display, xdotool or Landlock, which keeps the program inside its folder."""
import collections
import os
import random
import subprocess
import sys
import tempfile
import time

from monkey import CLOSING, Hand, Monkey, stroke
from real_window import PAGES, SKIPPED, Window, displayless, steps, xdotool
from sandbox import confinement

INTERVAL = 1 / 30    # seconds between two actions
LONGEST_STALL = 20   # seconds without a frame; far above what a busy machine makes of 0.05
TRAINS_EVERY, TINY_EVERY = 40, 90  # actions
MORE_DESCRIPTORS, MORE_TEXTURES = 40, 60  # than at the start


class Test:
    def __init__(self, program, seed, folder):
        self.program, self.folder = program, folder
        self.confine = confinement(folder)
        self.hand = Hand(folder)
        self.last = collections.deque(maxlen=30)
        self.restarts, self.stall, self.samples = 0, 0.0, []
        self.monkey = Monkey(seed, self.hand, None)
        self.window = None

    def start(self):
        self.window = Window(self.program, self.folder, confine=self.confine)
        self.ui = self.window.wait("the first frame", lambda u: u["items"]["train"]["enabled"])
        found = subprocess.run(["xdotool", "search", "--name", "Latent Flow Explorer"], check=True, capture_output=True)
        self.monkey.id = found.stdout.split()[0].decode()
        self.frame, self.moved = self.ui["frame"], time.monotonic()

    def look(self):
        """Reads the map; complains when the window is gone or stands still."""
        if self.window.process.poll() is not None:
            raise AssertionError(f"the window ended with {self.window.process.returncode}")
        try:
            self.ui = self.window.read()
        except (OSError, ValueError):
            return  # just being written
        now = time.monotonic()
        if self.ui["frame"] != self.frame:
            self.stall = max(self.stall, now - self.moved)
            self.frame, self.moved = self.ui["frame"], now
        elif now - self.moved > LONGEST_STALL:
            raise AssertionError(f"no frame in {now - self.moved:.0f} s")

    def sample(self):
        self.samples.append(dict(self.window.usage(), textures=self.ui["state"]["textures"]))

    def close(self):
        """After Ctrl+Q; a question or an unfinished save takes its time, a crash does not end with 0."""
        try:
            code = self.window.process.wait(timeout=120)
        except subprocess.TimeoutExpired as error:
            raise AssertionError("Ctrl+Q did not end it within 120 s") from error
        if code != 0:
            raise AssertionError(f"Ctrl+Q ended it with {code}")
        self.restarts += 1
        self.start()

    def perform(self, number):
        words, lines = self.monkey.act(number, self.ui)
        self.last.append(f"{number}: {words}")
        complaint = self.hand.do(lines)
        if complaint and self.window.process.poll() is None:
            raise AssertionError(f"xdotool: {complaint}")
        if words == CLOSING:
            self.close()

    def keep_training(self, number):
        """Something must be going on, and nothing that takes minutes: tiny now and then, and training."""
        if number % TINY_EVERY == TINY_EVERY - 1:
            self.last.append("preset tiny")
            self.hand.do([*stroke("Escape"), "sleep 0.1", *stroke("Escape"), "sleep 0.1"])
            try:
                self.window.choose_preset("tiny", 3)
            except (AssertionError, KeyError):
                pass  # hidden below something: the next time
        elif number % TRAINS_EVERY == TRAINS_EVERY - 1 and not self.ui["state"]["running"]:
            self.last.append("the button Train")
            self.window.click("train")

    def run(self, actions):
        self.start()
        self.sample()
        self.window.choose_preset("tiny")
        self.window.click("train")
        self.window.wait("training", lambda u: u["state"]["running"])
        self.began = time.monotonic()
        for number in range(actions):
            due = time.monotonic() + INTERVAL
            self.perform(number)
            self.keep_training(number)
            self.look()
            if number % 50 == 49:
                self.sample()
            time.sleep(max(0.0, due - time.monotonic()))
        self.took = time.monotonic() - self.began

    def check_controls(self):
        """After all of it every page comes by its key, and a new run trains and pauses."""
        self.hand.do([f"windowsize {self.monkey.id} 1280 800", *[*stroke("Escape"), "sleep 0.2"] * 4])
        for key, page in enumerate(PAGES, 1):
            xdotool("key", key % 10)
            self.window.wait("page " + page, lambda u, page=page: u["page"] == page, 30)
        if self.window.read()["state"]["running"]:
            self.window.click("train")
            self.window.wait("the pause", lambda u: not u["state"]["running"], 180)
        self.window.choose_preset("tiny")
        xdotool("key", "r")
        self.window.wait("the reset", lambda u: steps(u) == 0 or not u["items"]["reset"]["enabled"], 180)
        self.window.click("train")
        self.window.wait("training", lambda u: u["state"]["running"], 120)
        before = self.window.wait("steps", lambda u: steps(u) >= 1, 120)
        self.window.wait("more steps", lambda u: steps(u) > steps(before), 120)
        self.sample()

    def check_usage(self):
        first, last = self.samples[0], self.samples[-1]
        if last["fds"] > first["fds"] + MORE_DESCRIPTORS:
            raise AssertionError(f"{first['fds']} descriptors at the start, {last['fds']} at the end")
        if last["textures"] > first["textures"] + MORE_TEXTURES:
            raise AssertionError(f"{first['textures']} textures at the start, {last['textures']} at the end")

    def check_closing(self):
        self.window.process.terminate()
        code = self.window.process.wait(timeout=120)
        if code != 0:
            raise AssertionError(f"closed, it ended with {code}")

    def ending(self):
        """How the program stands, after a moment in which one that crashed is gone."""
        try:
            return f"ended with {self.window.process.wait(timeout=5)}"
        except (AttributeError, subprocess.TimeoutExpired):
            return "not ended"

    def figures(self, actions):
        def course(key):
            values = [sample[key] for sample in self.samples]
            return f"{values[0]:.0f} -> {values[-1]:.0f} (at most {max(values):.0f})"
        monkey = self.monkey
        return (f"{actions} actions in {self.took:.0f} s ({actions / self.took:.0f}/s), {len(monkey.pressed)} of "
                f"{len(monkey.seen)} controls seen were pressed, {self.restarts} restarts, longest stall "
                f"{self.stall:.1f} s; MB {course('rss')}, descriptors {course('fds')}, textures {course('textures')}, "
                f"threads {course('threads')}")


def main():
    program, actions = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 31)
    print(f"seed {seed}", flush=True)
    missing = displayless()
    with tempfile.TemporaryDirectory() as folder:
        if not missing and confinement(folder) is None:
            missing = "no Landlock: nothing would keep the program inside its folder"
        if missing:
            print("skipped:", missing)
            return SKIPPED
        test = Test(program, seed, folder)
        try:
            test.run(actions)
            test.check_controls()
            test.check_usage()
            test.check_closing()
        except AssertionError as error:
            print("\n".join(test.last))
            print(f"FAILED (seed {seed}): {error}")
            print("the program:", test.ending())
            return 1
        finally:
            if test.window and test.window.process.poll() is None:
                test.window.process.kill()
                test.window.process.wait()
        print(test.figures(actions))
    return 0


if __name__ == "__main__":
    sys.exit(main())

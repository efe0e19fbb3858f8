#!/usr/bin/env python3
"""Trains for a long time in the real window while its pages and tools are opened in turn; nothing may grow.

usage: soak_test.py PROGRAM MINUTES [TABLE.csv]

The preset fast with so many steps that it never ends, on the data in LATENTFLOW_DATA, else on the built-in digits.
Every five seconds: memory, descriptors, threads, textures. Compared are the medians of two stretches of five minutes: one
that begins after five minutes (both: a quarter of a shorter run), and the last. Exits 77 (skipped) without display or xdotool."""
import os
import statistics
import sys
import tempfile
import time

from real_window import PAGES, SKIPPED, Window, displayless, steps, xdotool

SCRIPT = """set autoencoder.epochs 1
set flow.steps 10000000
wait 1
train
"""
EVERY = 5               # seconds between two samples
STAY = 4                # seconds on a page or with a tool
MORE_MEMORY = 0.02      # share by which the later median may lie above the earlier one
MORE_THINGS = 3         # descriptors and textures that may be more: a file just being written, a tool's second picture
COLUMNS = ("rss", "anonymous", "fds", "threads", "textures")


def median_of(samples, key):
    return statistics.median(s[key] for s in samples)


class Soak:
    def __init__(self, window, minutes):
        self.window, self.minutes = window, minutes
        self.began = time.monotonic()
        self.samples = []  # each with "minute" and COLUMNS
        self.rounds, self.opened, self.where = 0, set(), "start"

    def over(self):
        return time.monotonic() - self.began > 60 * self.minutes

    def sample(self, ui):
        minute = (time.monotonic() - self.began) / 60
        if self.samples and minute < self.samples[-1]["minute"] + EVERY / 60:
            return
        state = ui["state"]
        self.samples.append(dict(self.window.usage(), textures=state["textures"], minute=minute, steps=steps(ui),
                                 where=self.where))
        if not state["running"]:
            raise AssertionError(f"training stopped: {state['phase']} {state['error']}")

    def stay(self, seconds=STAY):
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.over():
            self.sample(self.window.wait("the map", lambda u: True))
            time.sleep(0.5)

    def open_tools(self, page):
        names = [name for name in self.window.read()["items"] if name.startswith("lab.tool.")]
        assert names, f"page {page} shows no tools"
        for name in names:
            if self.over():
                return
            self.window.click(name)
            self.window.wait(name, lambda u, name=name: u["items"][name]["value"] == "on", 30)
            self.opened.add(name)
            self.where = name
            self.stay()

    def round(self):
        for key, page in enumerate(PAGES, 1):
            if self.over():
                return
            xdotool("key", key)
            self.window.wait("page " + page, lambda u, page=page: u["page"] == page, 30)
            self.where = page
            self.stay()
            if page in ("flow-lab", "latent-space"):
                self.open_tools(page)
        self.rounds += 1

    def run(self):
        self.window.wait("training", lambda u: u["state"]["running"] and steps(u) > 0, 180)
        while not self.over():
            self.round()

    def stretches(self):
        """The samples of the earlier and of the later stretch, and how many minutes each is long."""
        begin = length = min(5, self.minutes / 4)
        end = self.samples[-1]["minute"]
        return ([s for s in self.samples if begin <= s["minute"] <= begin + length],
                [s for s in self.samples if s["minute"] >= end - length], length)

    def growth(self):
        """Of resident memory, as a share: the median over all pages and tools of what each needs later against what it
        needed earlier. Taken together they would differ by which of them a stretch happens to hold once more."""
        early, late, _ = self.stretches()

        def medians(part):
            return {place: statistics.median(s["rss"] for s in part if s["where"] == place)
                    for place in {s["where"] for s in part}}
        before, after = medians(early), medians(late)
        if not set(before) & set(after):  # too short for a round of its own in each
            return median_of(late, "rss") / median_of(early, "rss") - 1
        return statistics.median(after[place] / before[place] for place in before if place in after) - 1

    def verdict(self):
        """What grew, a line each."""
        early, late, _ = self.stretches()
        found = [f"resident memory grew by more than {100 * MORE_MEMORY:.0f} %"] if self.growth() > MORE_MEMORY else []
        return found + [f"more {key} than before" for key in ("fds", "textures")
                        if median_of(late, key) > median_of(early, key) + MORE_THINGS]

    def print_table(self):
        print(f"{'minute':>7} {'steps':>8} " + " ".join(f"{key:>9}" for key in COLUMNS))
        every = max(1, len(self.samples) // 30)
        for s in self.samples[::every]:
            print(f"{s['minute']:7.1f} {s['steps']:8d} " + " ".join(f"{s[key]:9.0f}" for key in COLUMNS))
        early, late, length = self.stretches()
        for name, part in (("early", early), ("late", late)):
            print(f"{name:>7} {'':8} " + " ".join(f"{median_of(part, key):9.1f}" for key in COLUMNS))
        print(f"medians of {length:.2g} minutes; resident memory, place by place, {100 * self.growth():+.1f} %; "
              f"{self.rounds} rounds, {len(self.opened)} tools")

    def write(self, path):
        with open(path, "w", encoding="utf-8") as file:
            file.write("minute,steps,where," + ",".join(COLUMNS) + "\n")
            for s in self.samples:
                file.write(f"{s['minute']:.3f},{s['steps']},{s['where']}," + ",".join(f"{s[key]:.1f}" for key in COLUMNS) + "\n")


def main():
    if displayless():
        print("skipped:", displayless())
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        script = os.path.join(folder, "soak.txt")
        with open(script, "w", encoding="utf-8") as file:
            file.write(SCRIPT)
        window = Window(sys.argv[1], folder, ["--script", script], data=os.environ.get("LATENTFLOW_DATA"))
        try:
            soak = Soak(window, float(sys.argv[2]))
            soak.run()
            window.process.terminate()
            code = window.process.wait(timeout=60)
        finally:
            if window.process.poll() is None:
                window.process.kill()
    soak.print_table()
    if len(sys.argv) > 3:
        soak.write(sys.argv[3])
    found = soak.verdict() + ([f"closed, it ended with {code}"] if code != 0 else [])
    print("FAILED: " + "; ".join(found) if found else "nothing grows")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""Kills a sweep at random moments, continues it each time, and compares its end with that of an undisturbed one.

usage: sweep_kill_test.py LATENTFLOW [KILLS [SEED]] [--real] [--preset NAME] [--steps N]

Twelve runs: two settings with two and three values, two seeds, a fixed number of steps, the median rule on. The digits
are a few simple ones, for which a classifier is trained first; with --real those of LATENTFLOW_DATA.

At the end: the same table but for the seconds, the same weights, the same samples and the same best combination; the
means computed from sweep.csv are those of the heat map. Runs that had ended before a kill are not trained again.
"""
import argparse
import csv
import hashlib
import json
import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import time

from real_window import private_environment


def fail(text):
    print("FAILED:", text)
    sys.exit(1)


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def plan(options):
    return {"name": "kills", "preset": options.preset, "seeds": [1, 2], "steps": options.steps,
            "set": {"threads": 1, "quality.final": 200, "marks": 2, "autoencoder.epochs": 0.1,
                    "autoencoder.freeze": "end", "flow.lr": [0.003, 0.006],
                    "autoencoder.beta": {"from": 0.0125, "to": 0.05, "count": 3, "scale": "log"}}}


def write_digits(folder, chance):
    """A small data set: bars at a place for each class, with noise."""
    os.makedirs(folder)
    side = 28
    for name, count in (("train", 1000), ("t10k", 300)):
        labels = bytes(i % 10 for i in range(count))
        pixels = bytearray()
        for label in labels:
            left, top, long = 2 + 2 * label + chance.randrange(3), 4 + chance.randrange(4), 12 + label
            for y in range(side):
                for x in range(side):
                    inside = left <= x < left + 3 and top <= y < top + long or top <= y < top + 2 and x >= left
                    pixels.append(255 - chance.randrange(60) if inside else chance.randrange(20))
        with open(os.path.join(folder, name + "-images-idx3-ubyte"), "wb") as file:
            file.write(struct.pack(">IIII", 2051, count, side, side) + bytes(pixels))
        with open(os.path.join(folder, name + "-labels-idx1-ubyte"), "wb") as file:
            file.write(struct.pack(">II", 2049, count) + labels)


def table(folder):
    with open(os.path.join(folder, "sweep.csv"), newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        del row["seconds"]
    return rows


def record(folder):
    with open(os.path.join(folder, "sweep.json")) as file:
        return json.load(file)


def kept_files(folder):
    """Digests of what a kill must not change: models, marks, samples."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if name == "model.safetensors" or name.endswith(".npy") or "/marks/" in path:
                found[os.path.relpath(path, folder)] = digest(path)
    return found


def ended(folder):
    """Reports of the runs that have ended, by name, with the time of their last change."""
    if not os.path.exists(os.path.join(folder, "sweep.json")):
        return {}
    return {run["folder"]: os.stat(os.path.join(folder, run["folder"], "report.json")).st_mtime_ns
            for run in record(folder)["runs"] if run["state"] in ("done", "stopped")}


def means(rows):
    """FD of each combination over its finished seeds."""
    scores = {}
    for row in rows:
        if row["state"] == "done":
            scores.setdefault((row["flow.lr"], row["autoencoder.beta"]), []).append(float(row["fd"]))
    return {point: sum(each) / len(each) for point, each in scores.items()}


def check_means(folder):
    rows = means(table(folder))
    for each in record(folder)["combinations"]:
        point = (each["settings"]["flow.lr"], each["settings"]["autoencoder.beta"])
        if point in rows and abs(rows[point] - each["fd"]["mean"]) > 1e-9:
            fail(f"{point}: FD {rows[point]} by sweep.csv, {each['fd']['mean']} by sweep.json")


def run(program, words, environment):
    done = subprocess.run([program, "sweep", *words], env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        fail(f"sweep {' '.join(words)}: exit code {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("kills", type=int, nargs="?", default=2)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--preset", default="tiny")
    parser.add_argument("--steps", type=int, default=40)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as home:
        data = os.environ.get("LATENTFLOW_DATA") if options.real else os.path.join(home, "digits")
        environment = private_environment(home, data)
        if not options.real:
            write_digits(data, random.Random(1))
            subprocess.run([options.program, "judge", "--out", os.path.join(home, "judge.safetensors")],
                           env=environment, check=True, capture_output=True)
        file, whole, cut = (os.path.join(home, name) for name in ("f.json", "whole", "cut"))
        with open(file, "w") as out:
            json.dump(plan(options), out)
        began = time.monotonic()
        printed = run(options.program, [file, "--out", whole], environment)
        seconds = time.monotonic() - began
        for kill in range(options.kills):
            words = [file, "--out", cut] if kill == 0 else [cut]
            before = ended(cut)
            process = subprocess.Popen([options.program, "sweep", *words], env=environment,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(seconds * chance.uniform(0.5, 0.95) / options.kills)
            process.send_signal(signal.SIGKILL)
            process.wait()
            after = ended(cut)
            if any(after.get(name) != when for name, when in before.items()):
                fail("a run that had ended was trained again")
            print(f"kill {kill + 1}: {len(after)} of 12 runs had ended")
            if not os.path.exists(os.path.join(cut, "sweep.json")):
                run(options.program, [file, "--out", cut], environment)
        again = run(options.program, [cut], environment)
        if table(cut) != table(whole):
            fail("another table than that of the undisturbed sweep")
        if kept_files(cut) != kept_files(whole):
            fail("other weights, marks or samples than those of the undisturbed sweep")
        if [line for line in again.splitlines() if line.startswith("best:")] != \
           [line for line in printed.splitlines() if line.startswith("best:")]:
            fail("another best combination")
        check_means(cut)
        states = [row["state"] for row in table(cut)]
        print(f"the same table, weights and samples after {options.kills} kills: "
              f"{states.count('done')} runs done, {states.count('stopped')} stopped by the median rule")


if __name__ == "__main__":
    main()

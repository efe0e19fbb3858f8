"""Kills a training run at random moments, resumes it each time, and compares its end with that of a run that was
never touched.

usage: kill_test.py LATENTFLOW [KILLS [SEED]] [--stop] [--preset NAME] [--steps N]

With --stop it is asked to stop (SIGTERM) instead of killed, and must then end by itself, saved where it stood: nothing
is lost. --preset and --steps choose what is trained (tiny, 400 steps of the flow). LATENTFLOW_DATA is used where the
preset is not tiny.

After every kill: each file of the run is whole, nothing but those files is left by the next start, the run can be
resumed (window_kill_test.py sees to the window's offer), and no more training is lost than the autosave's interval.
At the end: the same bytes.
"""
import argparse
import json
import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time

from real_window import private_environment

AUTOSAVE = 0.5  # seconds of training
SLACK = 6       # seconds: a save and a slice on a machine that others use, too
OWN = {"model.safetensors", "checkpoint.safetensors", "history.csv", "report.json", "commands.log",
       "gallery.safetensors", ".lock", ".number", "marks"}


def marks_of(folder):
    """The marks of a run by name, and whatever else lies beside them."""
    marks = {}
    for name in sorted(os.listdir(os.path.join(folder, "marks"))):
        with open(os.path.join(folder, "marks", name), "rb") as file:
            marks[name] = file.read()
    return marks


def fail(text):
    print("FAILED:", text)
    sys.exit(1)


def check_safetensors(path):
    size = os.path.getsize(path)
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        if 8 + length > size:
            fail(f"{path}: the header ends behind the file")
        header = json.loads(file.read(length))
    end = max((e["data_offsets"][1] for name, e in header.items() if name != "__metadata__"), default=0)
    if 8 + length + end != size:
        fail(f"{path}: {size} bytes, {8 + length + end} promised")
    return header["__metadata__"]


def check_files(folder):
    """The step and the seconds that the saved state stands at."""
    for name in ("model.safetensors", "checkpoint.safetensors"):
        path = os.path.join(folder, name)
        if os.path.exists(path):
            check_safetensors(path)
    report = os.path.join(folder, "report.json")
    if not os.path.exists(report):
        return 0.0
    with open(report) as file:
        return json.load(file)["seconds"]


class Run:
    """A training run whose progress is read line by line."""

    def __init__(self, program, arguments, home):
        self.seconds = 0.0
        self.lines = []
        self.process = subprocess.Popen([program, "train", "--json", *arguments], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, env=home)
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.lines.append(line)
            try:
                event = json.loads(line)
            except ValueError:
                continue  # cut off by the kill
            self.seconds = max(self.seconds, event.get("seconds", 0))

    def trains(self, since, timeout=60):
        """Waits until it has trained on from `since` seconds; False when it ended."""
        end = time.time() + timeout
        while self.process.poll() is None and time.time() < end:
            if self.seconds > since:
                return True
            time.sleep(0.01)
        return False

    def end(self, number=None):
        if number is not None:
            self.process.send_signal(number)
        code = self.process.wait(timeout=1800)
        self.reader.join()
        error = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        return code, error


class Plan:
    """What is trained, and how it is interrupted."""

    def __init__(self, options):
        self.options = options
        self.chance = random.Random(options.seed)
        self.longest = 2.5  # seconds between two interruptions

    def arguments(self, folder):
        return ["--preset", self.options.preset, "--steps", str(self.options.steps), "--threads", "2",
                "--set", f"autosave={AUTOSAVE}", "quality.final=0", "--out", folder]

    def interrupt(self, run):
        """The seconds of training that it had told."""
        told = run.seconds
        code, error = run.end(signal.SIGTERM if self.options.stop else signal.SIGKILL)
        if self.options.stop and code != 0:
            fail(f"asked to stop it ended with {code}: {error}")
        return max(told, run.seconds)


def kill_and_resume(program, folder, home, kills, plan):
    started = os.path.exists(os.path.join(folder, "checkpoint.safetensors"))
    lost = 0.0
    done = 0
    while done < kills:
        saved = check_files(folder)
        run = Run(program, ["--resume", folder] if started else plan.arguments(folder), home)
        if not run.trains(saved):
            code, error = run.end()
            if code != 0:
                fail(f"after {done} kills it would not go on: {error}")
            return done, lost
        time.sleep(plan.chance.uniform(0, plan.longest))
        if run.process.poll() is not None:
            run.end()
            return done, lost
        told = plan.interrupt(run)
        done += 1
        saved_now = check_files(folder)
        lost = max(lost, told - saved_now)
        if saved_now < saved:
            fail("a later save lies before an earlier one")
        if told - saved_now > (0.05 if plan.options.stop else AUTOSAVE + SLACK) and saved_now > 0:
            fail(f"{told - saved_now:.2f} s of training lost")
        started = os.path.exists(os.path.join(folder, "checkpoint.safetensors"))
        if not started:
            for name in os.listdir(folder) if os.path.isdir(folder) else []:
                os.remove(os.path.join(folder, name))
    return done, lost


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("kills", nargs="?", type=int, default=6)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--stop", action="store_true")
    parser.add_argument("--preset", default="tiny")
    parser.add_argument("--steps", type=int, default=400)
    return parser.parse_args()


def main():
    options = parse()
    program, kills, plan = options.program, options.kills, Plan(options)
    with tempfile.TemporaryDirectory() as place:
        data = None if options.preset == "tiny" else os.environ.get("LATENTFLOW_DATA")
        home = dict(private_environment(place, data), OMP_WAIT_POLICY="PASSIVE")
        whole = os.path.join(place, "whole")
        begun = time.time()
        code, error = Run(program, plan.arguments(whole), home).end()
        if code != 0:
            fail(error)
        plan.longest = max(plan.longest, (time.time() - begun) / 4)  # a few interruptions in every run
        with open(os.path.join(whole, "model.safetensors"), "rb") as file:
            expected = file.read()
        done, worst, rounds = 0, 0.0, 0
        while done < kills:
            rounds += 1
            cut = os.path.join(place, f"cut{rounds}")
            some, lost = kill_and_resume(program, cut, home, kills - done, plan)
            done, worst = done + some, max(worst, lost)
            report = os.path.join(cut, "report.json")
            state = json.load(open(report))["state"] if os.path.exists(report) else ""
            if state != "done" and os.path.exists(os.path.join(cut, "checkpoint.safetensors")):
                code, error = Run(program, ["--resume", cut], home).end()
                if code != 0:
                    fail(f"the last resume failed: {error}")
            elif state != "done":
                continue
            extra = set(os.listdir(cut)) - OWN
            if extra:
                fail(f"left behind: {sorted(extra)}")
            with open(os.path.join(cut, "model.safetensors"), "rb") as file:
                if file.read() != expected:
                    fail(f"round {rounds} ends in other bytes than the run that was never killed")
            if marks_of(cut) != marks_of(whole):
                fail(f"round {rounds} has other marks than the run that was never killed: {list(marks_of(cut))}")
            print(f"round {rounds}: {done} interruptions so far, the same bytes at the end", flush=True)
    print(f"{done} {'stops' if options.stop else 'kills'} in {rounds} runs, at most {worst:.2f} s of training lost (autosave every {AUTOSAVE} s); "
          "every end was the same bytes")


if __name__ == "__main__":
    main()

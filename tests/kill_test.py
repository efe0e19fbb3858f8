"""Kills a training run at random moments, resumes it each time, and compares its end with that of a run that was
never touched.

usage: kill_test.py LATENTFLOW [KILLS [SEED]]

After every kill: each file of the run is whole, nothing but those files is left by the next start, the run is
offered for resuming, and no more training is lost than the autosave's interval. At the end: the same bytes.
"""
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
SLACK = 1.5     # seconds: a save and a slice on a busy machine
STEPS = 400
OWN = {"model.safetensors", "checkpoint.safetensors", "history.csv", "report.json", "commands.log",
       "gallery.safetensors", ".lock"}


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
        code = self.process.wait(timeout=300)
        self.reader.join()
        error = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        return code, error


def arguments_of(folder):
    return ["--preset", "tiny", "--steps", str(STEPS), "--threads", "2", "--set", f"autosave={AUTOSAVE}",
            "quality.final=0", "--out", folder]


def kill_and_resume(program, folder, home, kills, chance):
    started = os.path.exists(os.path.join(folder, "checkpoint.safetensors"))
    lost = 0.0
    done = 0
    while done < kills:
        saved = check_files(folder)
        run = Run(program, ["--resume", folder] if started else arguments_of(folder), home)
        if not run.trains(saved):
            code, error = run.end()
            if code != 0:
                fail(f"after {done} kills it would not go on: {error}")
            return done, lost
        time.sleep(chance.uniform(0, 2.5))
        if run.process.poll() is not None:
            run.end()
            return done, lost
        run.end(signal.SIGKILL)
        done += 1
        saved_now = check_files(folder)
        lost = max(lost, run.seconds - saved_now)
        if saved_now < saved:
            fail("a later save lies before an earlier one")
        if run.seconds - saved_now > AUTOSAVE + SLACK and saved_now > 0:
            fail(f"{run.seconds - saved_now:.2f} s of training lost")
        started = os.path.exists(os.path.join(folder, "checkpoint.safetensors"))
        if not started:
            for name in os.listdir(folder) if os.path.isdir(folder) else []:
                os.remove(os.path.join(folder, name))
    return done, lost


def main():
    program = sys.argv[1]
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 6
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        home = dict(private_environment(place), OMP_WAIT_POLICY="PASSIVE")
        whole = os.path.join(place, "whole")
        code, error = Run(program, arguments_of(whole), home).end()
        if code != 0:
            fail(error)
        with open(os.path.join(whole, "model.safetensors"), "rb") as file:
            expected = file.read()
        done, worst, rounds = 0, 0.0, 0
        while done < kills:
            rounds += 1
            cut = os.path.join(place, f"cut{rounds}")
            some, lost = kill_and_resume(program, cut, home, kills - done, chance)
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
            print(f"round {rounds}: {done} kills so far, the same bytes at the end", flush=True)
    print(f"{done} kills in {rounds} runs, at most {worst:.2f} s of training lost (autosave every {AUTOSAVE} s); "
          "every end was the same bytes")


if __name__ == "__main__":
    main()

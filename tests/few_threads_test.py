#!/usr/bin/env python3
"""Trains, verifies and trains a judge where the system gives fewer threads than were asked for.

usage: few_threads_test.py LATENTFLOW FIXTURES

Clusters, containers and shells limit OpenMP in many ways. The program must then do with what there is: it ends, it
ends well, and a run has the bytes of a run that asked for that many threads.
"""
import os
import pwd
import resource
import shutil
import struct
import subprocess
import sys
import tempfile

from real_window import private_environment

ASKED = "4"
TRAIN = ("--preset", "tiny", "--set", "autoencoder.epochs=1", "--steps", "6")
LIMIT = 240  # seconds: what hangs never ends, what is slow does
# What the environment says, and how many of four threads OpenMP then gives (None: all of them).
ENVIRONMENTS = (
    ("OMP_THREAD_LIMIT", "1", 1),
    ("OMP_THREAD_LIMIT", "3", 3),
    ("OMP_DYNAMIC", "TRUE", None),
    ("OMP_MAX_ACTIVE_LEVELS", "0", 1),
    ("OMP_STACKSIZE", "16K", None),
    ("OMP_STACKSIZE", "900G", None),
    ("OMP_NESTED", "TRUE", None),
)


def fail(text):
    print("FAILED:", text)
    sys.exit(1)


def write_digits(folder):
    """A small data set of ten classes, a bright square in another place for each."""
    os.makedirs(folder)
    for name, count in (("train", 600), ("t10k", 200)):
        images, labels = bytearray(), bytearray()
        for index in range(count):
            digit, image = index % 10, bytearray(28 * 28)
            left, top, side = 2 + digit % 5 * 4 + index % 3, 3 + digit // 5 * 10 + index % 4, 6 + index % 3
            for row in range(top, top + side):
                image[28 * row + left:28 * row + left + side] = bytes([255 - index % 50]) * side
            images += image
            labels.append(digit)
        with open(f"{folder}/{name}-images-idx3-ubyte", "wb") as file:
            file.write(struct.pack(">IIII", 0x803, count, 28, 28) + images)
        with open(f"{folder}/{name}-labels-idx1-ubyte", "wb") as file:
            file.write(struct.pack(">II", 0x801, count) + labels)


class Trial:
    """The program in a folder of its own, with a small data set."""

    def __init__(self, program, folder):
        self.program, self.folder, self.data = program, folder, os.path.join(folder, "digits")
        write_digits(self.data)

    def run(self, name, arguments, extra=None, before=None, wrap=()):
        environment = dict(private_environment(self.folder, self.data), **(extra or {}))
        try:
            done = subprocess.run([*wrap, self.program, *arguments], env=environment, cwd=self.folder, timeout=LIMIT, text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=before)
        except subprocess.TimeoutExpired:
            fail(f"{name}: {arguments[0]} was still running after {LIMIT} s")
        if done.returncode != 0:
            fail(f"{name}: {arguments[0]} exited with {done.returncode}: {done.stdout[-500:]}")
        return done.stdout

    def train(self, name, threads, **how):
        """The bytes of the trained tensors, and what was said."""
        out = os.path.join(self.folder, name)
        said = self.run(name, ("train", *TRAIN, "--threads", threads, "--out", out), **how)
        with open(os.path.join(out, "model.safetensors"), "rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            file.seek(8 + length)
            return file.read(), said


def check_environments(trial):
    asked = {str(n): trial.train(f"asked-{n}", str(n))[0] for n in (1, 3, 4)}
    for variable, value, granted in ENVIRONMENTS:
        name = f"{variable}={value}"
        weights, said = trial.train(name, ASKED, extra={variable: value})
        told = "threads: " in said and f"instead of {ASKED}" in said
        if told != (granted is not None):
            fail(f"{name}: {'nothing was said of' if granted else 'something was said of'} fewer threads: {said}")
        if granted and f"{variable}={value}" not in said:
            fail(f"{name}: the reason was not named: {said}")
        if weights != asked[str(granted or ASKED)]:
            fail(f"{name}: other bytes than a run that asked for {granted or ASKED} threads")
        print(f"{name}: trained with {granted or ASKED} threads")


def threads_of(user):
    """How many threads all processes of a user have."""
    count = 0
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.stat(f"/proc/{process}").st_uid == user:
                count += len(os.listdir(f"/proc/{process}/task"))
        except OSError:
            pass  # it has ended meanwhile
    return count


def check_no_more_processes(trial):
    """A limit of processes. It does not count for root: root runs the program as somebody else who may read the same."""
    wrap = ()
    if os.geteuid() == 0:
        rights = "-all,+dac_read_search,+dac_override"
        wrap = ("setpriv", "--reuid=nobody", "--clear-groups", "--inh-caps=" + rights, "--ambient-caps=" + rights)
        if not shutil.which("setpriv") or subprocess.run([*wrap, "true"], capture_output=True).returncode != 0:
            print("ulimit -u: skipped, this root cannot be another user")
            return
    few = threads_of(pwd.getpwnam("nobody").pw_uid if wrap else os.getuid()) + 3  # the program, its worker, one more
    limit = lambda: resource.setrlimit(resource.RLIMIT_NPROC, (few, few))
    _, said = trial.train("few-processes", "16", before=limit, wrap=wrap)
    if "instead of 16" not in said or "ulimit -u" not in said:
        fail(f"a limit of processes: nothing was said of fewer threads: {said}")
    print("ulimit -u: trained with what could be made")


def check_others(trial, fixtures):
    limited = {"OMP_THREAD_LIMIT": "1"}
    for part in ("dit", "vae"):
        trial.run("verify", ("verify", f"--{part}", f"{fixtures}/{part}_small.safetensors", "--vectors",
                             f"{fixtures}/{part}_small_vectors.safetensors"), extra=limited)
    trial.run("info", ("info",), extra={"OMP_NUM_THREADS": "0", "OMP_THREAD_LIMIT": "-1"})
    trial.run("judge", ("judge", "--out", os.path.join(trial.folder, "judge.safetensors")), extra=limited)
    print("verify, judge: passed with one thread")


def main():
    program, fixtures = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    folder = tempfile.mkdtemp(prefix="latentflow-threads-")
    os.chmod(folder, 0o755)
    try:
        trial = Trial(program, folder)
        check_environments(trial)
        check_others(trial, fixtures)
        check_no_more_processes(trial)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

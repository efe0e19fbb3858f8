#!/usr/bin/env python3
"""The session is torn away: signals, closed descriptors, a display that goes, a limit of a file's size. What was trained
is saved, one line says so, and the exit status is no signal's.

usage: torn_test.py PROGRAM. The cases with a window start an X server of their own; where there is no Xvfb or xdotool
they are left out."""
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from real_window import Window, private_environment

ENDLESS = 1000000
SIGNALS = (signal.SIGHUP, signal.SIGUSR1, signal.SIGXCPU, signal.SIGQUIT, signal.SIGALRM, signal.SIGPWR, signal.SIGRTMIN + 3)


def restored():
    """As a shell starts its children: Python ignores two signals that its own would inherit."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def wait(what, condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what} did not come in {seconds} s"
        time.sleep(0.05)


def check_saved(run, text, code, expected_code):
    assert code == expected_code, f"exit {code}, not {expected_code}: {text}"
    lines = [line for line in text.splitlines() if "saved; continue with: latentflow train --resume" in line]
    assert len(lines) == 1 and text.endswith(lines[0] + "\n"), f"no last line with the way to continue: {text}"
    check_files(run)


def check_files(run):
    files = os.listdir(run)
    assert "checkpoint.safetensors" in files, f"nothing saved: {files}"
    left = [name for name in files if name.startswith(".") and name not in (".lock", ".number")]
    assert not left, f"left behind: {left}"


class Training:
    """`latentflow train` that never ends by itself."""

    def __init__(self, program, folder, name, prepare=restored):
        self.run = os.path.join(folder, name)
        self.process = subprocess.Popen(
            [program, "train", "--preset", "tiny", "--steps", str(ENDLESS), "--set", "autosave=0.5", "--out", self.run],
            env=private_environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            preexec_fn=prepare)
        wait("a first save", lambda: os.path.exists(os.path.join(self.run, "checkpoint.safetensors")))

    def end(self, number):
        self.process.send_signal(number)
        _, text = self.process.communicate(timeout=30)
        return text, self.process.returncode


def check_signals(program, folder):
    for number in SIGNALS:
        training = Training(program, folder, f"signal{int(number)}")
        text, code = training.end(number)
        check_saved(training.run, text, code, 0)
    print(f"{len(SIGNALS)} signals: saved, 0")


def check_what_was_set_before(program, folder):
    def ignore():
        restored()
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def block():
        restored()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGUSR2})

    training = Training(program, folder, "ignored", ignore)
    training.process.send_signal(signal.SIGHUP)
    time.sleep(1.5)
    assert training.process.poll() is None, "a SIGHUP that nohup ignores ended it"
    text, code = training.end(signal.SIGTERM)
    check_saved(training.run, text, code, 0)
    training = Training(program, folder, "blocked", block)
    text, code = training.end(signal.SIGUSR2)
    check_saved(training.run, text, code, 0)
    print("an ignored signal stays ignored, a blocked one arrives")


def check_twice(program, folder):
    """As `timeout` does: the same signal to the program and to its group."""
    training = Training(program, folder, "twice")
    training.process.send_signal(signal.SIGTERM)
    text, code = training.end(signal.SIGTERM)
    check_saved(training.run, text, code, 0)
    print("a signal sent twice at once is one")


def check_file_limit(program, folder):
    def limit():
        restored()
        resource.setrlimit(resource.RLIMIT_FSIZE, (10240, 10240))

    out = os.path.join(folder, "u.npy")
    done = subprocess.run([program, "sample", "--count", "400", "--out", out], env=private_environment(folder),
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, preexec_fn=limit, timeout=120)
    lines = [line for line in done.stderr.splitlines() if line.startswith("latentflow: cannot write")]
    assert done.returncode == 1 and len(lines) == 1, f"exit {done.returncode}: {done.stderr}"
    left = [name for name in os.listdir(folder) if "u.npy" in name]
    assert not left, f"left behind: {left}"
    print("a limit of a file's size: one line, nothing left")


class Display:
    """An X server of one's own, whose end is part of the test."""

    def __init__(self):
        reading, writing = os.pipe()
        self.process = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-noreset"],
                                        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as answer:
            self.name = ":" + answer.readline().strip()
        os.environ["DISPLAY"] = self.name

    def end(self):
        self.process.kill()
        self.process.wait()


def xdotool(*arguments):
    return subprocess.run(["xdotool", *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout.split()


def check_window(program, folder, name, tear, expected_code):
    display = Display()
    script = os.path.join(folder, "script.txt")
    with open(script, "w", encoding="utf-8") as file:
        file.write(f"set autosave 0.5\ntrain preset=tiny steps={ENDLESS} out={folder}/{name}\n")
    with open(os.path.join(folder, name + ".err"), "w+", encoding="utf-8") as said:
        window = Window(program, folder, ["--script", script], stderr=said)
        try:
            window.wait("training", lambda u: u["state"]["running"] and u["state"]["step"] > 3)
            tear(display, window)
            code = window.process.wait(timeout=30)
        finally:
            window.process.kill()
            display.end()
        said.seek(0)
        check_saved(os.path.join(folder, name), said.read(), code, expected_code)
    print(f"window, {name}: saved, {expected_code}")


def check_closed_descriptors(program, folder):
    display = Display()
    script = os.path.join(folder, "short.txt")
    with open(script, "w", encoding="utf-8") as file:
        file.write("wait 0.3\npage nowhere\nwait 0.3\nquit\n")
    try:
        for closing in ("2>&-", "<&-", "<&- >&- 2>&-"):
            done = subprocess.run(["sh", "-c", f'exec "$1" --script "$2" {closing}', "sh", program, script],
                                  env=private_environment(folder), timeout=60)
            assert done.returncode == 0, f"{closing}: exit {done.returncode}"
    finally:
        display.end()
    print("descriptors closed at the start: ends by its script")


def own_window():
    return xdotool("search", "--name", "Latent Flow Explorer")[0]


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        check_signals(program, folder)
        check_what_was_set_before(program, folder)
        check_twice(program, folder)
        check_file_limit(program, folder)
        if not (shutil.which("Xvfb") and shutil.which("xdotool")):
            print("no Xvfb or no xdotool: the cases with a window are left out")
            return
        check_closed_descriptors(program, folder)
        check_window(program, folder, "hangup", lambda _, w: w.process.send_signal(signal.SIGHUP), 0)
        check_window(program, folder, "server-killed", lambda d, _: d.end(), 1)
        check_window(program, folder, "connection-closed", lambda *_: xdotool("windowkill", own_window()), 1)
        check_window(program, folder, "window-destroyed", lambda *_: xdotool("windowclose", own_window()), 1)


if __name__ == "__main__":
    main()

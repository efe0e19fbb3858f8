"""The real window under a test's hand: started in a folder of its own, seen through its ui-map, moved by xdotool.

Needs a display (run the test under xvfb-run) and xdotool; displayless() tells a test to skip itself where either is
missing."""
import json
import os
import shutil
import subprocess
import time

# Sanitizers make the program five to twenty times slower, and a wait must not be their test.
PATIENCE = 8 if "ASAN_OPTIONS" in os.environ or "TSAN_OPTIONS" in os.environ else 1
SKIPPED = 77  # what ctest reads as skipped
PAGES = ("explore", "flow-lab", "latent-space", "reconstructions", "training", "quality", "runs", "compare", "sweep",
         "log")  # by key


def displayless():
    """Why no window can be driven here; "" where it can."""
    if not os.environ.get("DISPLAY"):
        return "no display"
    return "" if shutil.which("xdotool") else "no xdotool"


def private_environment(folder, data=None):
    """Home, settings, runs and caches in `folder`, no download; `data` is a folder of IDX files, None the built-in
    digits, so that the test is the same everywhere."""
    environment = dict(os.environ, HOME=folder, XDG_CONFIG_HOME=folder, XDG_DATA_HOME=folder, XDG_CACHE_HOME=folder,
                       LATENTFLOW_CACHE=folder, LATENTFLOW_MIRRORS="http://127.0.0.1:9")
    environment.pop("LATENTFLOW_DATA", None)
    if data:
        environment["LATENTFLOW_DATA"] = data
    return environment


def xdotool(*arguments):
    subprocess.run(["xdotool", *[str(int(a)) if isinstance(a, float) else str(a) for a in arguments]], check=True)


def steps(ui):
    return ui["state"]["autoencoder_step"] + ui["state"]["flow_step"]


class Window:
    """The running program. `confine` is called in its process before it begins (see sandbox.py);
    `stderr` is a file for its last words."""

    def __init__(self, program, folder, arguments=(), data=None, confine=None, stderr=None):
        self.map = os.path.join(folder, "ui.json")
        if os.path.exists(self.map):
            os.remove(self.map)  # an earlier window's
        self.process = subprocess.Popen([os.path.abspath(program), "--ui-map", self.map, *arguments], cwd=folder,
                                        env=private_environment(folder, data), preexec_fn=confine, stderr=stderr)

    def read(self):
        with open(self.map, encoding="utf-8") as file:
            return json.load(file)

    def wait(self, what, condition, seconds=60):
        end = time.monotonic() + seconds * PATIENCE
        last = "no ui-map"
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(f"the window ended with {self.process.returncode} while waiting for {what}")
            try:
                now = self.read()
                last = now["state"]
                if condition(now):
                    return now
            except (OSError, ValueError, KeyError) as error:
                last = repr(error)
            time.sleep(0.05)
        raise AssertionError(f"{what} did not come in {seconds} s; last: {last}")

    def centre(self, name):
        x, y, w, h = self.read()["items"][name]["rect"]
        return x + w / 2, y + h / 2

    def click(self, name):
        x, y = self.centre(name)
        xdotool("mousemove", x, y)
        time.sleep(0.1)
        xdotool("mousedown", 1)
        time.sleep(0.1)
        xdotool("mouseup", 1)

    def click_until(self, name, what, condition, seconds=10):
        """Clicks and waits; again if nothing came of it: a message that went away while the mouse was down moved the
        page under it."""
        for _ in range(2):
            self.click(name)
            try:
                return self.wait(what, condition, seconds)
            except AssertionError:
                if self.process.poll() is not None:
                    raise
        self.click(name)
        return self.wait(what, condition, seconds)

    def choose_preset(self, name, seconds=20):
        """Picks it from the box, or in narrow windows from the menu that holds what does not fit."""
        menu = "preset" if self.read()["items"]["preset"]["visible"] else "more"
        row = f"preset.{name}" if menu == "preset" else f"more.preset.{name}"
        self.click(menu)
        self.wait(f"the row {row}", lambda u: row in u["items"], seconds)
        self.click(row)
        self.wait(f"the row {row} to close", lambda u: row not in u["items"], seconds)

    def usage(self):
        """What the process holds now: resident memory and the part of it that no file stands behind, in MB;
        descriptors; threads."""
        status = self.numbers("status")
        return {"rss": status["VmRSS"] / 1024, "anonymous": status["RssAnon"] / 1024, "threads": status["Threads"],
                "fds": len(os.listdir(f"/proc/{self.process.pid}/fd"))}

    def numbers(self, name):
        """The lines `Key: number ...` of one of the process's files in /proc; memory in kB."""
        found = {}
        with open(f"/proc/{self.process.pid}/{name}", encoding="utf-8", errors="replace") as file:
            for line in file:
                key, _, rest = line.partition(":")
                if rest.split() and rest.split()[0].isdigit():
                    found[key] = int(rest.split()[0])
        return found

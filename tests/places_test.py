#!/usr/bin/env python3
"""The program in odd places, as a person meets it: it works, or says why not in one line of its own.

    places_test.py PROGRAM

Working folders that are gone or closed, homes that are none, relative XDG folders, links in a loop and pipes where
a file is named, names of every kind, odd entries and damaged models among the runs, clocks that are set back.
"""
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile

LIBRARY = ("filesystem error", "terminate called", "what():", "std::", "Exception raised", "basic_string", "[json")
WAIT = 120       # seconds; on a busy machine nothing here takes longer unless it waits for something
STRANGER = 59731  # a user whom no list knows
failures = []


def check(condition, text):
    if not condition:
        failures.append(text)
        print("FAILED:", text)


class Place:
    """A folder with a home, a few digits and a program to call."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.home = os.path.join(folder, "home")
        self.data = os.path.join(folder, "data")
        os.makedirs(self.home)
        write_digits(self.data)

    def environment(self, **changes):
        """Nothing is inherited but where programs lie; None leaves a variable out."""
        base = {"PATH": os.environ.get("PATH", ""), "HOME": self.home, "OMP_WAIT_POLICY": "PASSIVE"}
        base.update({k: os.environ[k] for k in ("LATENTFLOW_CORE", "LD_LIBRARY_PATH", "ASAN_OPTIONS") if k in os.environ})
        base.update(changes)
        return {k: v for k, v in base.items() if v is not None}

    def call(self, *words, cwd=None, env=None, before=None, user=None):
        """(exit status, standard output, lines of standard error); 124 where it had to be ended."""
        def prepare():
            if before:
                before()
            if user:
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)
        try:
            done = subprocess.run([self.program, *words], cwd=cwd or self.folder, stdin=subprocess.DEVNULL,
                                  env=self.environment() if env is None else env, capture_output=True, timeout=WAIT,
                                  preexec_fn=prepare)
        except subprocess.TimeoutExpired:
            return 124, "", [f"{words} did not end"]
        error = done.stderr.decode(errors="surrogateescape")
        for words_of_a_library in LIBRARY:
            check(words_of_a_library not in error, f"{words}: a library speaks: {error!r}")
        return done.returncode, done.stdout.decode(errors="surrogateescape"), error.splitlines()

    def works(self, *words, **how):
        status, out, error = self.call(*words, **how)
        check(status == 0, f"{words} {how.get('env', '')}: exit {status}, {error[-1:]}")
        return out, error

    def refuses(self, *words, part="", codes=(2,), **how):
        status, _, error = self.call(*words, **how)
        told = [line for line in error if line.startswith("latentflow: ")]
        check(status in codes and len(told) == 1 and error[-1:] == told and part in told[0],
              f"{words}: exit {status}, {error}")


def write_digits(folder):
    """Two hundred digits that are noise, and forty more."""
    os.makedirs(folder)
    for name, count in (("train", 200), ("t10k", 40)):
        pixels = bytes((i * 7919 // 13) % 256 for i in range(count * 784))
        with open(f"{folder}/{name}-images-idx3-ubyte", "wb") as file:
            file.write(struct.pack(">IIII", 0x803, count, 28, 28) + pixels)
        with open(f"{folder}/{name}-labels-idx1-ubyte", "wb") as file:
            file.write(struct.pack(">II", 0x801, count) + bytes(i % 10 for i in range(count)))


def train(place, *words, **how):
    """Two steps; the run folder it names."""
    out, _ = place.works("train", "--json", "--preset", "tiny", "--steps", "2", "--data", place.data, *words, **how)
    lines = out.splitlines()
    return json.loads(lines[-1])["run_folder"] if lines else ""


def sample(*words):
    return ("sample", "--count", "2", "--nfe", "2", *words)


def test_working_folders(place):
    """Gone, and closed to the one who stands in it."""
    gone = os.path.join(place.folder, "gone")
    out = os.path.join(place.folder, "from-nowhere.png")

    def leave():
        os.mkdir(gone)
        os.chdir(gone)
        os.rmdir(gone)
    place.works("info", before=leave)
    place.works(*sample("--out", out), before=leave)
    check(os.path.exists(out), "no picture was written from a folder that is gone")
    check(train(place, before=leave).startswith(place.home), "the run does not lie in the home")
    place.refuses(*sample("--out", "x.png"), before=leave)
    place.refuses("train", "--preset", "tiny", "--steps", "1", "--out", "run", before=leave)
    place.refuses("info", "--model", "x.safetensors", before=leave)
    if has_stranger(place):
        closed = os.path.join(place.folder, "closed")
        os.mkdir(closed, 0o700)
        home = place.environment(HOME=writable_by_all(place, "stranger"))
        for words in (("info",), sample("--out", os.path.join(home["HOME"], "y.png"))):
            place.works(*words, before=lambda: os.chdir(closed), user=STRANGER, env=home)
        place.refuses(*sample("--out", "x.png"), before=lambda: os.chdir(closed), user=STRANGER, env=home)


def writable_by_all(place, name):
    folder = os.path.join(place.folder, name)
    os.makedirs(folder, exist_ok=True)
    os.chmod(folder, 0o777)
    return folder


def has_stranger(place):
    """Can the program be called as a user whom no list knows? Only root can become one, and LibTorch may lie where
    others must not look."""
    os.chmod(place.folder, 0o755)
    if os.geteuid() != 0:
        return False
    home = place.environment(HOME=writable_by_all(place, "stranger"))
    try:
        status, _, _ = place.call("info", env=home, user=STRANGER)
    except OSError:
        status = 1
    if status != 0:
        print("not tried as another user: the program cannot be started as one")
    return status == 0


def test_homes(place):
    """None, a file, a relative one; and nothing of the environment at all."""
    open(os.path.join(place.folder, "file"), "w").close()
    os.symlink("circle", os.path.join(place.folder, "circle"))
    before = set(os.listdir(place.folder))
    # Where the program may go instead is no matter of this test: what it writes lies in these two.
    elsewhere = {"XDG_DATA_HOME": os.path.join(place.home, "d"), "XDG_CACHE_HOME": os.path.join(place.home, "k")}
    for home in (None, "", "relative", ".", os.path.join(place.folder, "file"), os.path.join(place.folder, "circle"),
                 "/proc/nothing"):
        place.works("info", env=place.environment(HOME=home))
        folder = train(place, env=place.environment(HOME=home, **elsewhere))
        check(folder.startswith(place.home), f"HOME={home}: the run lies in {folder}")
    for relative in ("rel", ".", "../up", ""):
        env = place.environment(XDG_DATA_HOME=relative, XDG_CONFIG_HOME=relative, XDG_CACHE_HOME=relative)
        check(train(place, env=env).startswith(place.home), f"XDG folders '{relative}' were used")
    check(set(os.listdir(place.folder)) == before, f"left behind: {set(os.listdir(place.folder)) - before}")
    place.works("info", env={})
    if not has_stranger(place):
        return
    temporary = writable_by_all(place, "temporary")
    env = place.environment(HOME="/proc", TMPDIR=temporary)
    _, error = place.works("train", "--preset", "tiny", "--steps", "1", "--data", place.data, env=env, user=STRANGER)
    told = [line for line in error if "kept in " + temporary in line]
    check(len(told) == 1, f"a home that is none: {error}")
    check(os.listdir(temporary) == [f"latentflow-{STRANGER}"], f"{os.listdir(temporary)} in the temporary folder")
    read_only = os.path.join(place.folder, "read-only")
    os.makedirs(read_only + "/.local/share/latentflow/runs")
    place.refuses("train", "--preset", "tiny", "--steps", "1", "--data", place.data, user=STRANGER, codes=(1, 2),
                  part="XDG_DATA_HOME", env=place.environment(HOME=read_only))


def test_odd_inputs(place):
    """Wherever a person names something to read: a loop, nothing, a pipe, a folder, a device."""
    inside = os.path.join(place.folder, "odd")
    os.mkdir(inside)
    os.symlink("loop", inside + "/loop")
    os.symlink("nowhere", inside + "/dangling")
    os.mkfifo(inside + "/pipe")
    os.mkdir(inside + "/folder")
    readers = [("info", "--model"), ("info", "--weights"), ("invert", "--out", "i", "PATH"), ("replay", "PATH"),
               ("train", "--resume"), ("train", "--steps", "1", "--data"), ("judge", "--out", "j.safetensors", "--data"),
               ("export", "--part", "ema", "--out", "w.safetensors", "--model"), ("run", "PATH"),
               ("verify", "--vectors", "v", "--dit")]
    for odd in ("loop", "dangling", "loop/below", "pipe", "folder", "/dev/full", "n" * 300):
        for reader in readers:
            if reader[0] == "run" and odd in ("pipe", "/dev/full"):
                continue  # a script may come through a pipe
            words = [odd if word == "PATH" else word for word in reader]
            place.refuses(*words, *(() if "PATH" in reader else (odd,)), cwd=inside,
                          part="form a loop" if odd.startswith("loop") and reader[0] != "run" else "")
    check(sorted(os.listdir(inside)) == ["dangling", "folder", "loop", "pipe"], f"left: {os.listdir(inside)}")


def names_of_every_kind(ending):
    """Whatever a file system takes as a name."""
    plain = ["-rf", " ", "a b", "a\nb", "tab\t\x1b[31m", "'\"`$(x)", "\\", "*?[", "...", "ä" * 120, "n" * 251,
             "\u202e", "#no comment", "key=value", b"\xff\xfe".decode(errors="surrogateescape"), "数字 🙂"]
    return [name + ending for name in plain]


def test_names(place):
    inside = os.path.join(place.folder, "names")
    os.mkdir(inside)
    for number, name in enumerate(names_of_every_kind(".png")):
        ending = (".png", ".npy", ".gif")[number % 3]
        name = name[:-4] + ending
        out, _ = place.works(*sample("--out=" + name, "--labels=./L" + name[:40] + ".npy"), cwd=inside)
        check(len(out.splitlines()) <= 3 and "\x1b" not in out, f"{name!r}: {out!r}")
        wanted = {name, "L" + name[:40] + ".npy"}
        check(set(os.listdir(inside)) == wanted, f"{name!r} left {os.listdir(inside)}")
        for left in os.listdir(inside):
            os.remove(os.path.join(inside, left))
    for name in names_of_every_kind(""):
        folder = train(place, "--out=" + name, cwd=inside)
        check(folder != "" and os.path.exists(os.path.join(inside, name, "model.safetensors")), f"no run in {name!r}")
        place.works("info", "--json", "--model=" + name, cwd=inside)
        with open(os.path.join(inside, name, "report.json"), encoding="utf-8") as file:
            json.load(file)
        with open(os.path.join(inside, name, "commands.log"), "rb") as file:
            check(all(line.strip() for line in file.read().splitlines()), f"commands.log of {name!r}")
        shutil.rmtree(os.path.join(inside, name))
    place.refuses(*sample("--out", "n" * 252 + ".png"), part="too long", cwd=inside)
    check(os.listdir(inside) == [], f"left: {os.listdir(inside)}")


def model_of(place):
    """What `info` calls the model that is used where none is named, and the lines on standard error."""
    out, error = place.works("info")
    return next((line.split()[1] for line in out.splitlines() if line.startswith("model ")), ""), error


def test_neighbours(place):
    """Odd entries among the runs, damaged models, and clocks."""
    runs = os.path.join(place.home, ".local/share/latentflow/runs")
    shutil.rmtree(runs, ignore_errors=True)
    first = os.path.basename(train(place))
    os.rename(os.path.join(runs, first), os.path.join(runs, "20390101-000000-tiny-s1"))  # a clock that was wrong
    last = os.path.basename(train(place))
    check(model_of(place)[0] == last, f"the newest is {model_of(place)[0]}, made last was {last}")
    os.symlink("loop", runs + "/loop")
    os.mkfifo(runs + "/pipe")
    os.mkdir(runs + "/z-circle")
    os.symlink("model.safetensors", runs + "/z-circle/model.safetensors")
    os.makedirs(runs + "/z-folder/model.safetensors")
    with socket.socket(socket.AF_UNIX) as there:
        here = os.getcwd()
        os.chdir(runs)  # the name of a socket must be short
        there.bind("socket")
        os.chdir(here)
    shutil.copytree(os.path.join(runs, last), runs + "/z-cut")
    with open(runs + "/z-cut/.number", "w") as file:
        file.write("99\n")
    os.truncate(runs + "/z-cut/model.safetensors", 5000)
    model, error = model_of(place)
    check(model == last, f"among odd entries the newest is {model}")
    for odd in ("loop", "pipe", "z-circle", "z-folder", "socket", "z-cut"):
        check(sum(f"/{odd}" in line for line in error) == 1, f"{odd} is not named once: {error}")
    place.works(*sample("--out", os.path.join(place.folder, "z.png")))
    with open(os.path.join(runs, last, "history.csv"), "r+") as file:
        rows = file.read().replace(",", ";").replace(".", ",").replace("\n", "\r\n")
        file.seek(0)
        file.write("\ufeff" + rows)
    check(not any("curves" in line for line in model_of(place)[1]), "the history of a spreadsheet is not read")
    with open(os.path.join(runs, last, "history.csv"), "w") as file:
        file.write("nothing of the kind\n")
    model, error = model_of(place)
    check(model == last and sum("the model is shown without its curves" in line for line in error) == 1, f"{model}: {error}")


def main():
    program = os.path.abspath(sys.argv[1])
    for test in (test_working_folders, test_homes, test_odd_inputs, test_names, test_neighbours):
        with tempfile.TemporaryDirectory() as folder:
            test(Place(program, folder))
    print(f"{len(failures)} failures" if failures else "the program works in odd places, or says why not")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

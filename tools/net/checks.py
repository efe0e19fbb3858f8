"""What is compared between two builds. Each check yields (name, base, new): two dictionaries as JSON has them.

FAILED in the base's: nothing can be compared; "said": an error that both may give, such as no judge for these digits.
"""
import hashlib
import json
import shutil
from pathlib import Path

import help_text
from run_folder import lasting, notes, read_report
from sides import last_line
from trees import FAILED

# A training of both parts, short, with the decoder beside the flow; and where it is interrupted: between two held-out
# tests, because whether a pause comes before or after one is a matter of time.
TRAININGS = {
    "tiny": (200, 90, ()),
    "fast": (150, 70, ("--set", "autoencoder.epochs=0.3", "--set", "autoencoder.freeze=0.2")),
}
STROKES = "strokes=8.5,9 10,6.5 13,5.2 16.5,5.6 19,7.8 19.2,11 17.5,14 14.5,17 11,20 8.2,22.6 16,22.2 20.5,22.4"
LAB_ARGUMENTS = {"drawing": f'"{STROKES}"', "likelihood": "digits=40 probes=2 exact=10"}
XVFB = ("xvfb-run", "-a", "-s", "-screen 0 1440x900x24")


def both(function, base, new, *arguments):
    """The results of one function for both builds."""
    return function(base, *arguments), function(new, *arguments)


def failure(done):
    """What a call that must succeed said when it did not. The base must not fail there either."""
    return {} if done.returncode == 0 else {FAILED: last_line(done)}


# ---- What the programs print ----

def printed(side, program):
    """The JSON that one of the printing programs writes, or how it failed."""
    done = side.call(program)
    return json.loads(done.stdout) if done.returncode == 0 else {FAILED: last_line(done)}


def parts_of(name, old, now):
    """The parts of what was printed, one by one."""
    if FAILED in old or FAILED in now:
        yield name, old, now
        return
    for part in sorted({*old, *now}):
        yield f"{name}, {part}", old.get(part, {}), now.get(part, {})


def printed_values(base, new):
    yield from parts_of("printed values", *both(printed, base, new, "net_values"))
    yield from parts_of("ui-map names", *both(printed, base, new, "net_names"))


# ---- Command line ----

def help_of(side, *command):
    done = side.latentflow(*command, "--help")
    return {"exit": done.returncode, "entries": help_text.entries(done.stdout)}


def ranges(side, command, options):
    """What each option says about a number that none takes."""
    found = {}
    for option in options:
        done = side.latentflow(command, option, "-12345.5")
        found[option] = {"exit": done.returncode, "range": help_text.refusal(done.stderr)}
    return found


def setting_texts(side):
    return help_text.settings(side.latentflow("train", "--help-settings").stdout)


def command_line(base, new):
    yield ("help of the program", *both(help_of, base, new))
    for command in help_text.subcommands(base.latentflow("--help").stdout):
        yield (f"help of {command}", *both(help_of, base, new, command))
        options = help_text.numeric_options(base.latentflow(command, "--help").stdout)
        if options:
            yield (f"ranges of {command}", *both(ranges, base, new, command, options))
    yield ("train --help-settings", *both(setting_texts, base, new))


# ---- Digests ----

def outcome(done, folder):
    """How a call ended, and what its run folder notes."""
    found = {"exit": done.returncode, **notes(folder)}
    if done.returncode != 0 or not found["marks"]:
        found[FAILED] = last_line(done)
    return found


def trained(side, preset):
    steps, _, more = TRAININGS[preset]
    done = side.latentflow("train", "--preset", preset, "--steps", steps, "--seed", 1, *more, "--out", preset)
    return outcome(done, side.folder / preset)


def paused_script(preset):
    """Trains the same and pauses in the middle of the flow."""
    steps, pause, more = TRAININGS[preset]
    settings = ["set " + word.replace("=", " ") for word in more if "=" in word]
    return [f"preset {preset}", *settings, f"train steps={steps} out={preset}-paused", f"wait flow.step>={pause}",
            "pause", "wait running=0", "quit"]


def resumed(side, preset):
    """Interrupted in the middle, kept for the other build to resume as well, and continued."""
    stopped = side.script(f"{preset}.script", paused_script(preset))
    if stopped.returncode != 0 or read_report(side.folder / f"{preset}-paused").get("state") != "paused":
        return {"exit": stopped.returncode, FAILED: "not paused in the middle: " + last_line(stopped)}
    folder = side.take(side.folder / f"{preset}-paused", f"{preset}-resumed")
    return outcome(side.latentflow("train", "--resume", folder), side.folder / folder)


def replayed(side, folder):
    """What a replay compared, step by step."""
    done = side.latentflow("replay", folder, "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    found = {f"{line['part']} {line['step']}": line["weights"] for line in lines if "part" in line}
    return {"exit": done.returncode, "compared": found, **failure(done)}


def digests(base, new):
    for preset, (steps, _, _) in TRAININGS.items():
        yield (f"{preset}, {steps} steps", *both(trained, base, new, preset))
        yield (f"{preset}, resumed", *both(resumed, base, new, preset))
        yield (f"{preset}, replayed", *both(replayed, base, new, preset))


# ---- Files of the base ----

def files_at(path):
    """The file, or all files of the folder."""
    return [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())


def checksums(folder, names):
    """SHA-256 of files, and of all files in folders; what is missing says so."""
    found = {name: "missing" for name in names if not files_at(folder / name)}
    for file in (file for name in names for file in files_at(folder / name)):
        found[str(file.relative_to(folder))] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def result(side, arguments, files=()):
    """How a call ended, the JSON that it printed, and the files that it wrote."""
    for name in files:
        shutil.rmtree(side.folder / name, ignore_errors=True)
        (side.folder / name).unlink(missing_ok=True)
    done = side.latentflow(*arguments)
    said = [lasting(json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]
    found = {"exit": done.returncode, "json": said, "files": checksums(side.folder, files)}
    if done.returncode != 0:
        found["said"] = last_line(done)
    return found


def model_calls(model):
    """{name: (arguments, files written)}: everything that opens a model."""
    use = ("--model", model)
    return {
        "info": (("info", *use, "--json"), ()),
        "sample": (("sample", *use, "--count", 20, "--seed", 3, "--out", "s.npy", "--labels", "l.npy",
                    "--trajectory", "t.csv"), ("s.npy", "l.npy", "t.csv")),
        "sample, guided": (("sample", *use, "--count", 10, "--solver", "rk4", "--nfe", 16, "--guidance", 2,
                            "--out", "g.png"), ("g.png",)),
        "sample, adaptive": (("sample", *use, "--count", 10, "--solver", "dopri5", "--out", "d.npy"), ("d.npy",)),
        "sample, film": (("sample", *use, "--count", 10, "--digit", 7, "--out", "f.gif"), ("f.gif",)),
        "reconstruct": (("reconstruct", *use, "--count", 9, "--out", "r.npy"), ("r.npy",)),
        "likelihood": (("likelihood", *use, "--digits", 10, "--out", "k.csv", "--json"), ("k.csv",)),
        "invert": (("invert", *use, "--digit", 3, "--to-class", "all", "--steps", 10, "--out", "i", "--json"),
                   ("i",)),
        "eval": (("eval", *use, "--count", 1000, "--json"), ()),
        "export": (("export", *use, "--part", "velocity", "--out", "w.safetensors"), ("w.safetensors",)),
    }


def lab_script(folder, tools):
    """Opens a run folder and writes the numbers of every tool."""
    lines = [f"open {folder}", "wait preview>=1", "save again.safetensors", "export preview.npy"]
    for tool in tools:
        lines += [f"lab {tool} {LAB_ARGUMENTS.get(tool, '')}".strip(), "wait lab>=1", f"export {tool}.csv"]
    return lines


def lab_results(side, folder, tools):
    files = ["again.safetensors", "preview.npy", *[f"{tool}.csv" for tool in tools]]
    done = side.script("lab.script", lab_script(folder, tools))
    return {"exit": done.returncode, "files": checksums(side.folder, files), **failure(done)}


def old_run_resumed(side, preset):
    folder = side.take(side.folder / "old" / f"{preset}-paused", f"old-{preset}-resumed")
    return outcome(side.latentflow("train", "--resume", folder), side.folder / folder)


def take_old_files(base, new):
    """What the base wrote, beside each build."""
    for side in (base, new):
        for name in [*TRAININGS, *[f"{preset}-paused" for preset in TRAININGS]]:
            if (base.folder / name).is_dir():
                side.take(base.folder / name, f"old/{name}")


def old_files(base, new):
    """Files of the base opened by both builds: what the base makes of them, the new one must."""
    take_old_files(base, new)
    tools = printed(base, "net_values").get("lab", {})
    for preset in TRAININGS:
        for name, (arguments, files) in model_calls(f"old/{preset}").items():
            yield (f"old {preset} run: {name}", *both(result, base, new, arguments, files))
        yield (f"old {preset} checkpoint: resumed", *both(old_run_resumed, base, new, preset))
        yield (f"old {preset} run: replayed", *both(replayed, base, new, f"old/{preset}"))
    model = ("info", "--model", "old/tiny/model.safetensors", "--json")
    yield ("old model file: info", *both(result, base, new, model))
    yield ("old run in a script, every tool of the lab", *both(lab_results, base, new, "old/tiny", tools))
    yield from old_record(base, new)


def old_record(base, new):
    """A record of a speedrun, verified."""
    done = base.latentflow("speedrun", "--target", 100, "--steps", 30, "--preset", "tiny", "--set",
                           "autoencoder.epochs=0.3", "--out", "record")
    if not (base.folder / "record" / "speedrun.json").is_file():
        none = {"exit": done.returncode, "said": "no record: " + last_line(done)}
        yield "old record: verified", none, none
        return
    for side in (base, new):
        side.take(base.folder / "record", "old/record")
    call = ("speedrun", "--verify", "old/record/speedrun.json", "--json")
    yield ("old record: verified", *both(result, base, new, call))


# ---- The window ----

WINDOW_SCRIPT = ["page training", "theme light", "font 1.25", "loop off", "view loss log", "wait preview>=1",
                 "wait 1", "quit"]


def window(side, script):
    """Starts the window with the home that the side has; the names that it shows at its end."""
    (side.folder / "window.script").write_text("\n".join(script) + "\n")
    done = side.call("latentflow", "--script", "window.script", "--ui-map", "ui.json", within=XVFB)
    try:
        items = json.loads((side.folder / "ui.json").read_text())["items"]
    except (OSError, ValueError, KeyError):
        return {"exit": done.returncode, FAILED: "no ui-map: " + last_line(done)}
    return {"exit": done.returncode, "names": {name: True for name in items}, "state": window_state(side)}


def window_state(side):
    try:
        return json.loads((side.home / "latentflow" / "state.json").read_text())
    except (OSError, ValueError):
        return {}


def old_window(base, new):
    """The base's window remembers how it was left; both builds open it so."""
    if shutil.which("xvfb-run") is None:
        return
    window(base, WINDOW_SCRIPT)
    state = base.home / "latentflow" / "state.json"
    if state.is_file():
        new.take(state, Path("home") / "latentflow" / "state.json")
    yield ("window with the state of the old one", *both(window, base, new, ["wait preview>=1", "wait 1", "quit"]))


GROUPS = {"values": printed_values, "help": command_line, "digests": digests, "files": old_files,
          "window": old_window}

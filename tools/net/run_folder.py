"""What a run folder notes, without times and places."""
import csv
import hashlib
import json
from pathlib import Path

# What differs between two calls and builds anyhow.
PASSING = {"assets", "runs", "version", "seconds", "elapsed_seconds", "milliseconds", "started", "program", "build",
           "measured_step_seconds"}
MARKS = ("weights", "decoder", "threads", "arithmetic", "parts")
MEASURED_COLUMNS = {"seconds", "fd"}  # fd: scores on the way are taken by the clock


def lasting(value):
    """A value of JSON without what passes."""
    if isinstance(value, dict):
        return {key: lasting(item) for key, item in value.items() if key not in PASSING}
    return [lasting(item) for item in value] if isinstance(value, list) else value


def read_report(folder):
    """report.json; empty where it cannot be read."""
    try:
        return json.loads((Path(folder) / "report.json").read_text())
    except (OSError, ValueError):
        return {}


def marks(folder):
    """{"autoencoder steps,flow steps what": digest} of the notes of a run."""
    entries = read_report(folder).get("course", {}).get("entries", [])
    return {f"{entry['at'][0]},{entry['at'][1]} {what}": entry[what]
            for entry in entries for what in MARKS if what in entry}


def report(folder):
    """Settings, scores and all else that report.json has; the digests are in `marks`."""
    return {key: value for key, value in lasting(read_report(folder)).items() if key != "course"}


def history(folder):
    """The columns of history.csv, and a checksum of its steps and losses."""
    try:
        with open(Path(folder) / "history.csv", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError:
        return {}
    kept = [{key: value for key, value in row.items() if key not in MEASURED_COLUMNS} for row in rows]
    steps = [row for row in kept if row.get("loss")]
    digest = hashlib.sha256(json.dumps(steps, sort_keys=True).encode()).hexdigest()
    return {"columns": dict.fromkeys(rows[0] if rows else [], True), "steps": len(steps), "losses": digest}


def commands(folder):
    """The lines of commands.log, which is a script."""
    try:
        return (Path(folder) / "commands.log").read_text().splitlines()
    except OSError:
        return []


def notes(folder):
    """All of them."""
    return {"marks": marks(folder), "report": report(folder), "history": history(folder), "commands": commands(folder)}

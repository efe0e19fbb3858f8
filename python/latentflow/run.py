"""Stored runs: their folders as objects."""
from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional, Union

from .errors import InputError
from .gallery import Gallery
from .history import History, read_history
from .model import Model
from .safetensors import SafetensorsFile

PathLike = Union[str, "os.PathLike[str]"]


@dataclass(frozen=True)
class Mark:
    """The weights of a run after a step of its flow, rounded to bfloat16."""

    step: int  #: optimiser step of the flow
    path: Path

    def model(self) -> Model:
        """The weights as a model; its arrays are float32."""
        return Model(self.path)


class Run:
    """A run folder. Everything is read when it is asked for, so a run that is still training shows its last save."""

    def __init__(self, folder: PathLike) -> None:
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise InputError(f"{self.folder}: there is no such folder of a run")
        if not any((self.folder / name).exists() for name in ("report.json", "checkpoint.safetensors", ".number")):
            raise InputError(f"{self.folder}: this folder is no run: it has neither a report nor a checkpoint")

    def __repr__(self) -> str:
        return f"<Run {self.name}: {self.state or 'not saved yet'}>"

    def __fspath__(self) -> str:
        return str(self.folder)

    @property
    def name(self) -> str:
        return self.folder.resolve().name

    def _json(self, name: str) -> dict[str, Any]:
        try:
            value = json.loads((self.folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise InputError(f"{self.folder / name}: it cannot be read: {error}") from None
        if not isinstance(value, dict):
            raise InputError(f"{self.folder / name}: it is no JSON object; the file is damaged")
        return value

    @property
    def report(self) -> dict[str, Any]:
        """report.json: preset, seed, settings, steps, seconds, scores, provenance; empty before the first save."""
        return self._json("report.json")

    @property
    def label(self) -> dict[str, Any]:
        """label.json: name, note, tags and star that the user gave; empty without."""
        return self._json("label.json")

    @property
    def state(self) -> str:
        """running, paused or done as last saved; "" before."""
        return str(self.report.get("state", ""))

    @property
    def settings(self) -> dict[str, str]:
        """All settings as text."""
        return dict(self.report.get("settings", {}))

    @property
    def history(self) -> History:
        """The training curves."""
        return read_history(self.folder / "history.csv")

    @property
    def model(self) -> Model:
        """The model as last saved."""
        return Model(self.folder / "model.safetensors")

    @property
    def checkpoint(self) -> SafetensorsFile:
        """All that an exact resume needs: the model's tensors, and others under "state."."""
        return SafetensorsFile(self.folder / "checkpoint.safetensors")

    @property
    def gallery(self) -> Gallery:
        """Latents, reconstructions and trajectories; only a finished run has them."""
        return Gallery.read(self.folder / "gallery.safetensors")

    @property
    def marks(self) -> list[Mark]:
        """The kept weights, in the order of their steps."""
        found = []
        for path in (self.folder / "marks").glob("flow-*.safetensors"):
            step = re.fullmatch(r"flow-(\d+)\.safetensors", path.name)
            if step:
                found.append(Mark(int(step[1]), path))
        return sorted(found, key=lambda mark: mark.step)

    @property
    def commands(self) -> list[str]:
        """The commands of the session that made it; each is a line of a script."""
        try:
            return (self.folder / "commands.log").read_text(encoding="utf-8").splitlines()
        except OSError:
            return []

    @property
    def figures(self) -> list[Path]:
        """The images in figures/, by name."""
        return sorted((self.folder / "figures").glob("*.*"))

    @property
    def number(self) -> int:
        """Place in the order of runs; 0 if it has none."""
        try:
            return int((self.folder / ".number").read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0


def runs_folder() -> Path:
    """The folder in which the program keeps runs."""
    home = os.environ.get("XDG_DATA_HOME", "")
    base = Path(home) if home and Path(home).is_absolute() else Path.home() / ".local/share"
    return base / "latentflow" / "runs"


def list_runs(folder: Optional[PathLike] = None) -> list[Run]:
    """The stored runs, the newest first; those of runs_folder() if no folder is named. Deleted ones are left out."""
    place = Path(folder) if folder is not None else runs_folder()
    if not place.is_dir():
        if folder is None:
            return []
        raise InputError(f"{place}: there is no such folder")
    found = []
    for entry in place.iterdir():
        if entry.name.startswith(".") or not entry.is_dir():
            continue
        try:
            found.append(Run(entry))
        except InputError:
            pass  # another folder
    return sorted(found, key=lambda run: (run.number, run.name), reverse=True)


def open_run(name: PathLike, folder: Optional[PathLike] = None) -> Run:
    """A run by the path of its folder, by its name in the runs folder, or by the name that its label gives.

    Raises InputError if there is none, or if several runs have that label.
    """
    if Path(name).is_dir():
        return Run(name)
    place = Path(folder) if folder is not None else runs_folder()
    if str(name) and (place / name).is_dir():
        return Run(place / name)
    labelled = [run for run in list_runs(folder) if str(name) and run.label.get("name") == str(name)]
    if len(labelled) > 1:
        raise InputError(f"{len(labelled)} runs have the name '{name}'; give the name of a folder in {place}")
    if not labelled:
        raise InputError(f"{name}: there is no such folder, and no run of that name in {place}")
    return labelled[0]

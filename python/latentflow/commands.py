"""The program's commands as functions. Each runs the program, waits, and returns arrays, numbers or a Run."""
from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional, Union

import numpy as np

from .errors import InputError, RunError
from .job import Job, Progress, TrainingJob
from .model import Model
from .pictures import Picture
from .run import Run

PathLike = Union[str, "os.PathLike[str]"]
Source = Union[None, PathLike, Run, Model]  #: a model: of a run, of a file; None is the newest run's
Options = Mapping[str, Any]


def _path(source: Any) -> Any:
    return source.path if isinstance(source, Model) else source


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return os.fspath(value) if isinstance(value, os.PathLike) else str(value)


def _options(given: Options) -> list[str]:
    """{"until_fd": 5, "figures": True, "seed": None} → ["--until-fd", "5", "--figures"]."""
    words: list[str] = []
    for name, value in given.items():
        value = _path(value)
        if value is None or value is False:
            continue
        words.append("--" + name.replace("_", "-"))
        if value is not True:
            words.append(_value(value))
    return words


def _pairs(values: Optional[Options]) -> list[str]:
    return [f"{key}={_value(value)}" for key, value in (values or {}).items()]


def _call(arguments: Sequence[str], progress: Progress = None) -> Job:
    job = Job(arguments)
    job.wait(progress)
    return job


def start_training(*, preset: Optional[str] = None, seconds: Optional[float] = None, steps: Optional[int] = None,
                   epochs: Optional[float] = None, until_fd: Optional[float] = None, seed: Optional[int] = None,
                   settings: Optional[Options] = None, out: Optional[PathLike] = None,
                   data: Optional[PathLike] = None, **options: Any) -> TrainingJob:
    """Starts a training and returns at once; iterate over the result for its events.

    At most one of: `seconds` of training in all, `steps` or `epochs` of the flow, `until_fd` in percent. `settings`:
    such as {"flow.lr": 0.003}. `out`: the run folder; by default a new one in runs_folder(). `data`: a folder of IDX
    files. `options`: other options of `latentflow train` with _ for -, such as figures=True, tensorboard="logs",
    threads=2, resume=run.
    """
    words = _options(dict(preset=preset, seconds=seconds, steps=steps, epochs=epochs, until_fd=until_fd, seed=seed,
                          out=out, data=data, **options))
    for pair in _pairs(settings):
        words += ["--set", pair]
    return TrainingJob(["train", "--json", *words])


def train(*, progress: Progress = True, **options: Any) -> Run:
    """Trains to the end and returns the run. For the options see start_training().

    `progress`: True shows a line, a function is called with every Event. Ctrl+C, or *Interrupt* in a notebook, ends
    the training as the program does: the run is saved and can be resumed.
    """
    return start_training(**options).result(progress)


def resume(run: PathLike, *, progress: Progress = True, **options: Any) -> Run:
    """Continues a stopped run, or a finished one with a further budget such as seconds=60."""
    return start_training(resume=run, **options).result(progress)


def sample(model: Source = None, *, count: int = 40, digit: Optional[int] = None, solver: Optional[str] = None,
           nfe: Optional[int] = None, guidance: Optional[float] = None, seed: Optional[int] = None,
           progress: Progress = None) -> np.ndarray:
    """Generates digits: (count, 28, 28) uint8. `digit`: 0…9, None all in turn. `nfe`: function evaluations per digit.
    The same seed gives the same noise."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "samples.npy"
        _call(["sample", *_options(dict(model=model, count=count, digit=digit, solver=solver, nfe=nfe,
                                        guidance=guidance, seed=seed, out=out))], progress)
        return np.load(out)


def sample_trajectory(model: Source = None, *, count: int = 4, digit: Optional[int] = None,
                      solver: Optional[str] = None, nfe: Optional[int] = None, guidance: Optional[float] = None,
                      seed: Optional[int] = None) -> tuple[np.ndarray, np.ndarray]:
    """The trajectories of some samples: t (S,), and standardised latents (S, count, 4, 4, 4): channel, row, column."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "trajectory.csv"
        _call(["sample", *_options(dict(model=model, count=count, digit=digit, solver=solver, nfe=nfe,
                                        guidance=guidance, seed=seed, out=Path(folder) / "samples.npy",
                                        trajectory=table))])
        rows = np.loadtxt(table, delimiter=",", skiprows=1, ndmin=2)
        with open(table, encoding="utf-8") as file:
            names = file.readline().strip().split(",")
    t = rows[:, names.index("t")].reshape(count, -1)[0]
    latents = rows[:, -64:].reshape(count, len(t), 4, 4, 4)
    return t, np.ascontiguousarray(latents.swapaxes(0, 1)).astype(np.float32)


def reconstruct(model: Source = None, *, count: int = 16, split: Optional[str] = None,
                data: Optional[PathLike] = None, progress: Progress = None) -> np.ndarray:
    """Encodes and decodes the first digits of a split (test or train): (count, 28, 28) uint8."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "reconstructions.npy"
        _call(["reconstruct", *_options(dict(model=model, count=count, split=split, data=data, out=out))], progress)
        return np.load(out)


def _json_lines(job: Job) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in job.output if line.startswith("{")]
    if not lines:
        raise RunError(f"{job.arguments[0]} ended without a result")
    return lines


def evaluate(model: Source = None, *, count: Optional[int] = None, data: Optional[PathLike] = None,
             judge: Optional[PathLike] = None) -> dict[str, Any]:
    """Scores `count` samples (default 10,000): fd, fd_floor and rfd in percent, accuracy in 0…1, psnr in dB, …"""
    words = _options(dict(model=model, count=count, data=data, judge=judge))
    return _json_lines(_call(["eval", "--json", *words]))[-1]


def compare(models: Sequence[Source], *, samples: Optional[int] = None, data: Optional[PathLike] = None,
            **options: Any) -> list[dict[str, Any]]:
    """Compares two to four models on the same noise: one object for each, with its scores and its difference from the
    first. `samples`: score each with so many samples. `options` as of `latentflow compare`, such as out="x.html"."""
    words = _options(dict(samples=samples, data=data, **options))
    return _json_lines(_call(["compare", *[_value(_path(model)) for model in models], "--json", *words]))


@dataclass(frozen=True)
class LabResult:
    """The result of an experiment of the lab."""

    tool: str
    answer: str  #: in one or two sentences
    values: dict[str, Any] = field(default_factory=dict)  #: arguments, seed, class, guidance, flow step, …
    #: columns by name, each (rows,): float64 with NaN for empty cells, or text
    table: dict[str, np.ndarray] = field(default_factory=dict)
    figure: Optional[Picture] = None  #: only if it was asked for


def _column(texts: Sequence[str]) -> np.ndarray:
    try:
        return np.array([float(text) if text else np.nan for text in texts])
    except ValueError:
        return np.array(texts)


def _table(path: Path) -> dict[str, np.ndarray]:
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return {name: _column([row[i] for row in rows[1:]]) for i, name in enumerate(rows[0])} if rows else {}


def lab(tool: str, model: Source = None, *, arguments: Optional[Options] = None, digit: Optional[int] = None,
        guidance: Optional[float] = None, seed: Optional[int] = None, data: Optional[PathLike] = None,
        figure: bool = False, progress: Progress = None) -> LabResult:
    """Runs an experiment of the pages *Flow lab* and *Latent space*, such as "coupling"; `latentflow lab` lists them.
    `arguments`: such as {"steps": 6}. `figure`: also draw it, which computes it a second time."""
    if not tool:
        raise InputError("name a tool of the lab; latentflow lab lists them")
    words = ["lab", tool, *_pairs(arguments), *_options(dict(model=model, digit=digit, guidance=guidance, seed=seed,
                                                             data=data))]
    with tempfile.TemporaryDirectory() as folder:
        table, image = Path(folder) / "lab.csv", Path(folder) / "lab.png"
        job = _call([*words, "--json", "--out", str(table)], progress)
        if figure:
            _call([*words, "--out", str(image)], progress)
        values = dict(job.last_event.values) if job.last_event else {}
        return LabResult(tool=tool, answer=str(values.get("answer", "")), values=values, table=_table(table),
                         figure=Picture(image.read_bytes()) if figure else None)

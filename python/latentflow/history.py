"""The training curves of a run: history.csv as arrays."""
from __future__ import annotations

import csv
import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Union

import numpy as np

from .errors import InputError

COLUMNS = ("seconds", "phase", "step", "loss", "loss_test", "lr", "fd")


@dataclass(frozen=True)
class Curves:
    """One phase of a training. All arrays have the shape (N,), one entry per step; NaN where nothing was measured."""

    step: np.ndarray  #: optimiser step of the phase, int64, from 1
    seconds: np.ndarray  #: training time of the run after this step
    loss: np.ndarray  #: training loss of the batch
    loss_test: np.ndarray  #: held-out loss, measured now and then
    lr: np.ndarray  #: learning rate
    fd: np.ndarray  #: Fréchet distance of a live score in percent (flow only)

    def __len__(self) -> int:
        return len(self.step)

    def measured(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Steps and values of one curve without its gaps, such as measured("loss_test")."""
        known = [field.name for field in fields(self) if field.name != "step"]
        if name not in known:
            raise InputError(f"there is no curve '{name}'; known are {', '.join(known)}")
        values = getattr(self, name)
        there = np.isfinite(values)
        return self.step[there], values[there]


@dataclass(frozen=True)
class History:
    """The curves of a run by phase."""

    autoencoder: Curves
    flow: Curves


def _number(text: str, where: str) -> float:
    if text == "":
        return float("nan")
    try:
        return float(text)
    except ValueError:
        raise InputError(f"{where}: '{text}' is not a number; the file is damaged") from None


def _curves(rows: list[tuple[str, dict[str, str]]]) -> Curves:
    columns = {name: np.array([_number(row[name], where) for where, row in rows], dtype=np.float64)
               for name in COLUMNS if name != "phase"}
    return Curves(step=columns.pop("step").astype(np.int64), **columns)


def read_history(path: Union[str, os.PathLike[str]]) -> History:
    """Reads the history.csv of a run. Raises InputError that names the file and the line."""
    rows: dict[str, list[tuple[str, dict[str, str]]]] = {"autoencoder": [], "flow": []}
    try:
        with open(Path(path), newline="", encoding="utf-8") as file:
            table = csv.DictReader(file)
            if not set(COLUMNS) <= set(table.fieldnames or ()):
                raise InputError(f"{path}: not a history of a run; its first line must be {','.join(COLUMNS)}")
            for row in table:
                where = f"{path}:{table.line_num}"
                if row["phase"] not in rows or None in [row[name] for name in COLUMNS] or not row["step"]:
                    raise InputError(f"{where}: this is no row of a phase; the file is damaged")
                rows[row["phase"]].append((where, row))
    except OSError as error:
        raise InputError(f"{path}: it cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: it is not text; the file is damaged") from None
    return History(_curves(rows["autoencoder"]), _curves(rows["flow"]))

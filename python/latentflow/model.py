"""A model file: its networks as arrays, its settings and scores."""
from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Union

import numpy as np

from .errors import InputError
from .safetensors import SafetensorsFile

PARTS = ("autoencoder", "velocity", "ema", "latent")


class Model:
    """A model that the program wrote: autoencoder, velocity network, its moving average, standardisation of latents.

    A mark (the weights after a step of the training) is such a file, too; it has the averages as `velocity`.
    """

    def __init__(self, path: Union[str, os.PathLike[str]]) -> None:
        #: all tensors by name, such as "velocity.labels"; each is read when it is asked for
        self.arrays = SafetensorsFile(path)
        self.path = self.arrays.path
        self.metadata = self.arrays.metadata
        if not any(name.startswith("velocity.") for name in self.arrays):
            raise InputError(f"{self.path}: this is no model of the program: it has no tensor 'velocity.…'")

    def __repr__(self) -> str:
        return f"<Model {self.path.name}: {self.preset}, flow step {self.flow_steps}>"

    @property
    def preset(self) -> str:
        return self.metadata.get("preset", "")

    @property
    def autoencoder_steps(self) -> int:
        """Optimiser steps of the autoencoder."""
        return int(self.metadata.get("autoencoder_steps", 0))

    @property
    def flow_steps(self) -> int:
        """Optimiser steps of the flow."""
        return int(self.metadata.get("flow_steps", 0))

    @property
    def settings(self) -> dict[str, str]:
        """All settings as text, such as {"flow.width": "64", …}."""
        try:
            return dict(json.loads(self.metadata.get("settings", "{}")))
        except ValueError:
            raise InputError(f"{self.path}: its settings cannot be read; the file is damaged") from None

    @property
    def scores(self) -> dict[str, float]:
        """Results of the last evaluation: fd, fd_floor and rfd in percent, accuracy in 0…1, psnr in dB, …; empty if it
        was never scored."""
        found = {}
        for name, text in self.metadata.items():
            if not name.startswith("metric."):
                continue
            try:
                found[name[len("metric."):]] = float(text)
            except ValueError:
                pass  # words, and tables such as metric.confusion
        return found

    def part(self, name: str) -> dict[str, np.ndarray]:
        """The tensors of one part by their names in it. `name`: autoencoder, velocity, ema or latent."""
        if name not in PARTS:
            raise InputError(f"there is no part '{name}'; known are {', '.join(PARTS)}")
        begin = name + "."
        return {key[len(begin):]: self.arrays[key] for key in self.arrays if key.startswith(begin)}

    def parameter_count(self, name: str) -> int:
        """Numbers in the tensors of one part."""
        return sum(array.size for array in self.part(name).values())


def open_model(path: Union[str, os.PathLike[str]]) -> Model:
    """Opens a model file, or that of a run folder. Raises InputError."""
    place = Path(path)
    return Model(place / "model.safetensors" if place.is_dir() else place)

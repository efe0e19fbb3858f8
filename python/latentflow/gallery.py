"""Some latents, reconstructions and trajectories that a finished run stores beside its model."""
from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Union

import numpy as np

from .errors import InputError
from .safetensors import SafetensorsFile

SIDE = 28  # pixels


@dataclass(frozen=True)
class Gallery:
    """What gallery.safetensors holds. N latents, R reconstructions, S states of D digits and P points. Labels are
    classes 0…9; 10 means none."""

    latents: np.ndarray  #: (N, 4, 4, 4) float32, standardised latents of training digits: channel, row, column
    latent_labels: np.ndarray  #: (N,) uint8
    original: np.ndarray  #: (R, 28, 28) uint8, test digits
    reconstruction: np.ndarray  #: (R, 28, 28) uint8
    labels: np.ndarray  #: (R,) uint8
    mse: np.ndarray  #: (R,) float32, mean squared error of pixels in [0, 1]
    t: np.ndarray  #: (S,) float32, time of each state of the trajectories, 0…1
    images: np.ndarray  #: (S, D, 28, 28) uint8, decoded states x_t
    endpoints: np.ndarray  #: (S, D, 28, 28) uint8, decoded one-step estimates of x_1 from x_t
    points: np.ndarray  #: (S, P, 2) float32, states on the axes of the map
    flow_labels: np.ndarray  #: (P,) uint8, class labels; the first D are those of the digits

    @classmethod
    def read(cls, path: Union[str, os.PathLike[str]]) -> Gallery:
        """Reads a gallery. Raises InputError if the file is none."""
        file = SafetensorsFile(Path(path))
        try:
            t = file["flow.t"].reshape(-1)
            return cls(latents=file["latents"].reshape(-1, 4, 4, 4), latent_labels=file["latent_labels"].reshape(-1),
                       original=file["original"].reshape(-1, SIDE, SIDE),
                       reconstruction=file["reconstruction"].reshape(-1, SIDE, SIDE),
                       labels=file["labels"].reshape(-1), mse=file["mse"].reshape(-1), t=t,
                       images=file["flow.images"].reshape(len(t), -1, SIDE, SIDE),
                       endpoints=file["flow.endpoints"].reshape(len(t), -1, SIDE, SIDE),
                       points=file["flow.points"].reshape(len(t), -1, 2),
                       flow_labels=file["flow.labels"].reshape(-1))
        except KeyError as missing:
            raise InputError(f"{path}: this is no gallery of a run: {missing.args[0]}") from None
        except ValueError as wrong:
            raise InputError(f"{path}: the shapes of this gallery do not fit: {wrong}") from None

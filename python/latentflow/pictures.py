"""Arrays of digits as images, with nothing but numpy: notebooks show them, save() writes them."""
from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path
from typing import Union

import numpy as np

from .errors import InputError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RGB = 0, 2  # colour types of PNG


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_bytes(pixels: np.ndarray) -> bytes:
    """The PNG of an image: (height, width) or (height, width, 3), uint8."""
    if pixels.dtype != np.uint8 or pixels.size == 0 or not (pixels.ndim == 2 or pixels.shape[2:] == (3,)):
        raise InputError(f"an image must be uint8 of the shape (height, width) or (height, width, 3), not "
                         f"{pixels.dtype} {pixels.shape}")
    height, width = pixels.shape[:2]
    rows = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)], axis=1)  # filter 0: none
    head = struct.pack(">IIBBBBB", width, height, 8, GREY if pixels.ndim == 2 else RGB, 0, 0, 0)
    return (SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)) +
            _chunk(b"IEND", b""))


def read_png_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels."""
    if data[:8] != SIGNATURE or len(data) < 24:
        raise InputError("these bytes are no PNG")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


class Picture:
    """A PNG that a notebook shows as the value of a cell."""

    def __init__(self, png: bytes) -> None:
        self.png = png
        self.width, self.height = read_png_size(png)

    def save(self, path: Union[str, os.PathLike[str]]) -> Path:
        """Writes it to a file and returns its path."""
        Path(path).write_bytes(self.png)
        return Path(path)

    def _repr_png_(self) -> bytes:
        return self.png

    def __repr__(self) -> str:
        return f"<Picture {self.width}×{self.height}>"


def digit_grid(images: np.ndarray, columns: int = 10, scale: int = 2, gap: int = 4) -> Picture:
    """Digits (N, 28, 28) uint8 as a grid, row by row. `scale`: pixels of the image per pixel of a digit; `gap`:
    pixels between two digits."""
    if images.ndim != 3 or images.dtype != np.uint8 or len(images) == 0:
        raise InputError(f"digits must be uint8 of the shape (N, 28, 28), not {images.dtype} {images.shape}")
    if columns < 1 or scale < 1 or gap < 0:
        raise InputError(f"columns {columns}, scale {scale} and gap {gap}: give positive numbers")
    count, height, width = images.shape
    columns = min(columns, count)
    rows = -(-count // columns)
    row_pitch, column_pitch = height * scale + gap, width * scale + gap
    sheet = np.full((rows * row_pitch + gap, columns * column_pitch + gap), 36, np.uint8)
    for i, image in enumerate(images):
        y, x = gap + i // columns * row_pitch, gap + i % columns * column_pitch
        sheet[y:y + height * scale, x:x + width * scale] = image.repeat(scale, 0).repeat(scale, 1)
    return Picture(png_bytes(sheet))

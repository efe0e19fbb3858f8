"""Reader of .safetensors files: metadata, and tensors as numpy arrays."""
from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Union

import numpy as np

from .errors import InputError

LARGEST_HEADER = 100 << 20  # bytes, as in the format's description

TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1",
         "U64": "<u8", "U32": "<u4", "U16": "<u2", "U8": "u1", "BOOL": "?"}


class SafetensorsFile(Mapping[str, np.ndarray]):
    """The tensors of a file by name, each read when it is asked for; `metadata` are texts by name.

    bfloat16 becomes float32, because numpy has no such type: its values are exact.
    """

    def __init__(self, path: Union[str, os.PathLike[str]]) -> None:
        self.path = Path(path)
        try:
            with open(self.path, "rb") as file:
                self._begin, header = self._read_header(file)
        except OSError as error:
            raise InputError(f"{self.path}: it cannot be read: {error.strerror}") from None
        self.metadata: dict[str, str] = header.pop("__metadata__", {})
        self._entries = {name: self._checked(name, entry) for name, entry in header.items()}

    def _refuse(self, why: str) -> InputError:
        return InputError(f"{self.path}: {why}; it is no whole .safetensors file")

    def _read_header(self, file) -> tuple[int, dict]:
        self._bytes = os.fstat(file.fileno()).st_size
        length = int.from_bytes(file.read(8), "little")
        if self._bytes < 8 or length > min(LARGEST_HEADER, self._bytes - 8):
            raise self._refuse("its header is longer than the file")
        try:
            header = json.loads(file.read(length).decode("utf-8"))
        except ValueError:
            raise self._refuse("its header is not JSON") from None
        if not isinstance(header, dict) or not isinstance(header.get("__metadata__", {}), dict):
            raise self._refuse("its header is not an object")
        return 8 + length, header

    def _checked(self, name: str, entry: object) -> tuple[str, tuple[int, ...], int, int]:
        """Type, shape and the first and the last byte of a tensor. Raises InputError."""
        try:
            kind, shape = entry["dtype"], tuple(int(side) for side in entry["shape"])  # type: ignore[index]
            begin, end = (int(place) for place in entry["data_offsets"])  # type: ignore[index]
        except (KeyError, TypeError, ValueError):
            raise self._refuse(f"the entry of '{name}' is damaged") from None
        if kind != "BF16" and kind not in TYPES:
            raise self._refuse(f"'{name}' has the unknown type '{kind}'")
        size = 2 if kind == "BF16" else np.dtype(TYPES[kind]).itemsize
        count = 1
        for side in shape:
            count *= side
        if min(shape, default=0) < 0 or begin < 0 or end - begin != count * size or self._begin + end > self._bytes:
            raise self._refuse(f"the place of '{name}' does not fit its shape or the file")
        return kind, shape, begin, end

    def __getitem__(self, name: str) -> np.ndarray:
        try:
            kind, shape, begin, end = self._entries[name]
        except KeyError:
            raise KeyError(f"{self.path} has no tensor '{name}'") from None
        with open(self.path, "rb") as file:
            file.seek(self._begin + begin)
            data = file.read(end - begin)
        if len(data) != end - begin:
            raise self._refuse(f"it ends within '{name}'")
        if kind == "BF16":
            return (np.frombuffer(data, "<u2").astype(np.uint32) << 16).view(np.float32).reshape(shape)
        return np.frombuffer(data, TYPES[kind]).reshape(shape).copy()

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def shape(self, name: str) -> tuple[int, ...]:
        """Shape of a tensor, without reading it."""
        return self._entries[name][1]


def read_safetensors(path: Union[str, os.PathLike[str]]) -> SafetensorsFile:
    """Opens a .safetensors file. Raises InputError if it is none."""
    return SafetensorsFile(path)

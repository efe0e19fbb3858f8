"""Curves as a small SVG, with nothing but numpy: notebooks show it, save() writes it."""
from __future__ import annotations

import os
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Union

import numpy as np

from .errors import InputError

WIDTH, HEIGHT = 640, 300  # pixels
LEFT, RIGHT, TOP, BOTTOM = 62, 14, 14, 44  # margins
COLOURS = ("#2f6fe0", "#c77700", "#2a8a60", "#7a5cd6", "#c0392b", "#555555")  # on white and in greys distinct
MOST_POINTS = 600  # of a curve; more are drawn as means of neighbours


class Plot:
    """An SVG that a notebook shows as the value of a cell."""

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def save(self, path: Union[str, os.PathLike[str]]) -> Path:
        """Writes it to a file and returns its path."""
        Path(path).write_text(self.svg, encoding="utf-8")
        return Path(path)

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return "<Plot>"


def _ticks(low: float, high: float, log: bool) -> list[float]:
    """Some round numbers in [low, high]."""
    if log:
        decades = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
        for factors in ((1,), (1, 3), (1, 2, 5), tuple(range(1, 10))):
            found = [f * 10.0**d for d in decades for f in factors if low <= f * 10.0**d <= high]
            if len(found) >= 3:
                return found[:: -(-len(found) // 6)]
    step = 10.0 ** np.floor(np.log10((high - low) / 4))
    for factor in (1, 2, 2.5, 5, 10):
        if (high - low) / (step * factor) <= 6:
            step *= factor
            break
    return list(np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step)


def _thinned(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if len(x) <= MOST_POINTS:
        return x, y
    parts = np.array_split(np.arange(len(x)), MOST_POINTS)
    return np.array([x[part].mean() for part in parts]), np.array([y[part].mean() for part in parts])


class _Axis:
    """Maps values to pixels from `begin` to `end`."""

    def __init__(self, values: np.ndarray, begin: float, end: float, log: bool) -> None:
        low, high = float(values.min()), float(values.max())
        if low == high:
            low, high = (low / 2, high * 2) if log else (low - 1, high + 1)
        self.low, self.high, self.begin, self.end, self.log = low, high, begin, end, log

    def __call__(self, value: np.ndarray) -> np.ndarray:
        scale = np.log if self.log else np.asarray
        share = (scale(value) - scale(self.low)) / (scale(self.high) - scale(self.low))
        return self.begin + share * (self.end - self.begin)

    def ticks(self) -> list[float]:
        return _ticks(self.low, self.high, self.log)


def _frame(x_axis: _Axis, y_axis: _Axis, x_label: str, y_label: str) -> list[str]:
    parts = []
    for value in y_axis.ticks():
        y = float(y_axis(value))
        parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#dddddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:.4g}</text>')
    for value in x_axis.ticks():
        x = float(x_axis(value))
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{value:,.6g}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">'
                 f'{escape(x_label)}</text>')
    parts.append(f'<text transform="translate(14 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">'
                 f'{escape(y_label)}</text>')
    return parts


def line_plot(curves: Mapping[str, tuple[np.ndarray, np.ndarray]], x_label: str = "", y_label: str = "",
              log_y: bool = False) -> Plot:
    """Curves by name, each a pair of arrays x and y (N,); what is not finite is left out. `log_y`: a logarithmic axis,
    on which only values above 0 are drawn."""
    drawn = {}
    for name, (x, y) in curves.items():
        x, y = np.asarray(x, np.float64).ravel(), np.asarray(y, np.float64).ravel()
        if x.shape != y.shape:
            raise InputError(f"the curve '{name}' has {len(x)} values of x and {len(y)} of y")
        there = np.isfinite(x) & np.isfinite(y) & ((y > 0) | (not log_y))
        if there.any():
            drawn[name] = _thinned(x[there], y[there])
    if not drawn:
        raise InputError("a plot needs at least one curve with a value")
    x_axis = _Axis(np.concatenate([x for x, _ in drawn.values()]), LEFT, WIDTH - RIGHT, False)
    y_axis = _Axis(np.concatenate([y for _, y in drawn.values()]), HEIGHT - BOTTOM, TOP, log_y)
    parts = _frame(x_axis, y_axis, x_label, y_label)
    for i, (name, (x, y)) in enumerate(drawn.items()):
        colour = COLOURS[i % len(COLOURS)]
        points = " ".join(f"{px:.1f},{py:.1f}" for px, py in zip(x_axis(x), y_axis(y)))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts.append(f'<text x="{WIDTH - RIGHT - 8}" y="{TOP + 16 + 17 * i}" text-anchor="end" fill="{colour}">'
                     f'{escape(name)}</text>')
    return Plot(f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
                f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" fill="#333333">'
                f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>{"".join(parts)}</svg>')

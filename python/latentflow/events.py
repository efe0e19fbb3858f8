"""What the program reports while it works."""
from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Optional


@dataclass(frozen=True)
class Event:
    """One report. Kinds: phase (a phase begins), progress, announcement, done, failed."""

    kind: str
    phase: str = ""  #: loading, autoencoder, latents, flow, evaluating, paused, done or failed
    step: int = 0  #: optimiser steps in this phase
    step_total: int = 0  #: of this phase; 0 if unknown
    seconds: float = 0  #: training time
    seconds_left: Optional[float] = None  #: estimate
    loss: float = 0  #: last training loss of the phase
    progress: float = 0  #: of the whole work, 0…1
    digits_per_second: Optional[float] = None
    message: str = ""
    values: dict[str, Any] = field(default_factory=dict)  #: everything that the program reported

    @classmethod
    def from_json(cls, line: str) -> Optional[Event]:
        """The event of a line of `--json`; None if it is none."""
        try:
            values = json.loads(line)
        except ValueError:
            return None
        if not isinstance(values, dict) or "event" not in values:
            return None
        known = {name: values[name] for name in ("phase", "step", "step_total", "seconds", "seconds_left", "loss",
                                                 "progress", "digits_per_second", "message")
                 if values.get(name) is not None}
        return cls(kind=str(values["event"]), values=values, **known)

    @classmethod
    def from_progress(cls, line: str) -> Event:
        """The event of a line of progress in words, such as "generating 40 samples · 21 % · 4.5 s left"."""
        share = re.search(r"· (\d+(?:\.\d+)?) %", line)
        left = re.search(r"· (\d+(?:\.\d+)?) s left", line)
        return cls(kind="progress", phase="working", message=line, progress=float(share[1]) / 100 if share else 0.0,
                   seconds_left=float(left[1]) if left else None)

    def __str__(self) -> str:
        parts = [self.message or self.phase]
        if self.step_total:
            parts.append(f"{self.step:,}/{self.step_total:,}")
        if self.step and self.loss:
            parts.append(f"loss {self.loss:.4g}")
        if self.digits_per_second:
            parts.append(f"{self.digits_per_second / 1000:.1f}k digits/s")
        if self.seconds_left is not None and self.kind != "done" and self.phase != "working":
            parts.append(f"{self.seconds_left:.0f} s left")
        return " · ".join(parts)

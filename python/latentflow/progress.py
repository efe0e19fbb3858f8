"""Progress as one line that is written over itself."""
from __future__ import annotations

import sys
from typing import Optional, TextIO

from .events import Event


class ProgressLine:
    """Shows events on one line: a bar, then words. In notebooks, too: they obey the carriage return.

    Call it with each event, and close() it at the end. It also works as a `with` block.
    """

    BAR = 20  # characters

    def __init__(self, stream: Optional[TextIO] = None) -> None:
        self._stream = stream if stream is not None else sys.stdout
        self._shown = 0

    def __call__(self, event: Event) -> None:
        if event.kind == "announcement":
            return
        share = 1.0 if event.kind == "done" else min(max(event.progress, 0.0), 1.0)
        full = round(share * self.BAR)
        text = f"{'█' * full}{'░' * (self.BAR - full)} {100 * share:3.0f} %  {event}"
        self._stream.write("\r" + text.ljust(self._shown))
        self._stream.flush()
        self._shown = len(text)

    def close(self) -> None:
        """Ends the line."""
        if self._shown:
            self._stream.write("\n")
            self._stream.flush()
        self._shown = 0

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

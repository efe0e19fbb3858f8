"""The program at work as a subprocess: its events, its end, its cancellation."""
from __future__ import annotations

import queue
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Optional, Union

from .errors import InputError, LatentFlowError, RunError
from .events import Event
from .program import find_program
from .progress import ProgressLine
from .run import Run

Progress = Union[None, bool, Callable[[Event], None]]
PREFIX = "latentflow: "  # of every message on standard error


class Job:
    """One call of the program. Iterate over it for its events, or wait() for its end.

    As a `with` block it is cancelled at the end of the block if it still works.
    """

    SAVES = False  #: a cancelled call ends with a result, so that only a failed save is an error

    def __init__(self, arguments: Sequence[str]) -> None:
        self.arguments = [str(argument) for argument in arguments]
        self.output: list[str] = []  #: lines on standard output that are no events
        self.warnings: list[str] = []  #: messages on standard error
        self._last: Optional[Event] = None
        self._cancelled = False
        self._events: queue.SimpleQueue[Optional[Event]] = queue.SimpleQueue()
        # Its own session: Ctrl+C in a terminal reaches this process alone, which passes it on once.
        self._process = subprocess.Popen([str(find_program()), *self.arguments], stdin=subprocess.DEVNULL,
                                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                         encoding="utf-8", errors="replace", start_new_session=True)
        readers = [threading.Thread(target=self._read, args=source, daemon=True)
                   for source in ((self._process.stdout, self._take_output), (self._process.stderr, self._take_words))]
        for reader in readers:
            reader.start()
        self._finisher = threading.Thread(target=self._finish, args=(readers,), daemon=True)
        self._finisher.start()

    def _read(self, stream: IO[str], take: Callable[[str], None]) -> None:
        with stream:
            for line in stream:
                take(line.rstrip("\n"))

    def _finish(self, readers: list[threading.Thread]) -> None:
        for reader in readers:
            reader.join()
        self._process.wait()
        self._events.put(None)

    def _take_output(self, line: str) -> None:
        event = Event.from_json(line)
        if event is None:
            self.output.append(line)
            return
        self._last = event
        self._events.put(event)

    def _take_words(self, line: str) -> None:
        if line.startswith(PREFIX):
            self.warnings.append(line[len(PREFIX):])
        elif "·" in line:
            self._events.put(Event.from_progress(line))

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    @property
    def last_event(self) -> Optional[Event]:
        """The last event so far: after the end "done" or "failed"."""
        return self._last

    def __iter__(self) -> Iterator[Event]:
        """The events as they come, once. At the end of a call that failed its error is raised."""
        while True:
            event = self._events.get()
            if event is None:
                self._events.put(None)  # for another loop, and for wait()
                break
            yield event
        self._raise_failure()

    def _raise_failure(self) -> None:
        code = self._process.wait()
        if code == 0 or (self._cancelled and (code < 0 or not self.SAVES)):
            return
        reason = self.warnings[-1] if self.warnings else f"the program ended with {code} and said nothing"
        raise (InputError if code == 2 else RunError)(reason)

    def wait(self, progress: Progress = None) -> None:
        """Waits for the end. `progress` is called with every event; True shows a ProgressLine.

        Raises InputError or RunError with the program's own line. Ctrl+C cancels the call and is raised again.
        """
        line = ProgressLine() if progress is True else None
        show = line or (progress if callable(progress) else None)
        try:
            for event in self:
                if show is not None:
                    show(event)
        except BaseException as error:
            if not isinstance(error, LatentFlowError):
                self.cancel()
            raise
        finally:
            if line is not None:
                line.close()

    def cancel(self, timeout: float = 60) -> None:
        """Ends it as Ctrl+C does, and waits: a training is saved first. Does nothing after the end.

        Raises RunError if it still works after `timeout` seconds.
        """
        if self.running:
            self._cancelled = True
            self._process.send_signal(signal.SIGINT)
        self._finisher.join(timeout)  # until its last report is read
        if self._finisher.is_alive():
            raise RunError(f"the program has not ended within {timeout:g} s of its cancellation")

    def __enter__(self) -> Job:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()


class TrainingJob(Job):
    """A training. It continues in the background until it is done or cancelled."""

    SAVES = True

    @property
    def interrupted(self) -> bool:
        """True if it was cancelled before its end; its run is saved and can be resumed."""
        return bool(self._last and self._last.values.get("interrupted"))

    def result(self, progress: Progress = None) -> Run:
        """Waits for the end; the run as saved. Raises InputError or RunError."""
        self.wait(progress)
        folder = self._last.values.get("run_folder") if self._last else None
        if not folder:
            raise RunError("the training ended before it had a run folder")
        return Run(folder)

    def __enter__(self) -> TrainingJob:
        return self

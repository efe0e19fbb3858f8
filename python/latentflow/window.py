"""The program's window, driven line by line.

The window reads lines of a script from its standard input, or from a named pipe, as they arrive. It answers through
its ui-map, a JSON file with its state and all its controls.
"""
from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import tempfile
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Optional, Union

from .errors import InputError, RunError
from .model import Model
from .program import find_program

PathLike = Union[str, "os.PathLike[str]"]
State = dict[str, Any]
POLL = 0.03  # seconds between two looks at the ui-map
PREFIX = "latentflow: "


class Window:
    """An open window. As a `with` block it is closed at the end; what trains is saved first.

    `model`: a run, a model file or a Model to open; `data`: a folder of IDX files; `options`: other options of the
    program with _ for -, such as tensorboard="logs". Needs a display. `timeout`: seconds to wait for the first image.
    """

    def __init__(self, model: Union[None, PathLike, Model] = None, *, data: Optional[PathLike] = None,
                 timeout: float = 60, **options: Any) -> None:
        self._folder: Optional[Path] = Path(tempfile.mkdtemp(prefix="latentflow-window-"))
        self._map = self._folder / "ui.json"
        self._words = self._folder / "messages.txt"
        self._sent = 0
        source = model.path if isinstance(model, Model) else model
        words = [str(find_program()), "--script", "-", "--ui-map", str(self._map)]
        for name, value in dict(model=source, data=data, **options).items():
            if value is not None:
                words += ["--" + name.replace("_", "-"), os.fspath(value) if isinstance(value, os.PathLike) else str(value)]
        with open(self._words, "wb") as messages:
            self._process: Optional[subprocess.Popen[bytes]] = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=messages, start_new_session=True)
        self._pipe: IO[bytes] = self._process.stdin  # type: ignore[assignment]
        _open_windows.add(self)
        self._begin(timeout)

    @classmethod
    def attach(cls, script: PathLike, ui_map: PathLike, timeout: float = 60) -> Window:
        """A window that was started with `latentflow --script PIPE --ui-map FILE.json`, PIPE made by mkfifo.

        close() then leaves it open; quit() closes it. Only one program at a time should write to the pipe.
        """
        window = cls.__new__(cls)
        window._folder, window._process, window._map = None, None, Path(ui_map)
        try:
            window._pipe = open(os.open(script, os.O_WRONLY | os.O_NONBLOCK), "wb")
        except OSError as error:
            raise InputError(f"{script}: no window reads this pipe: {error.strerror}") from None
        window._begin(timeout)
        return window

    def _begin(self, timeout: float) -> None:
        try:
            self._sent = int(self.wait(lambda state: "script_lines" in state, timeout)["script_lines"])
        except BaseException:
            self._give_up()
            raise

    def _give_up(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
        self._clean()

    # ---- What the window shows ----

    def _read(self) -> Optional[dict[str, Any]]:
        try:
            return json.loads(self._map.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def _message(self) -> str:
        """Its last words on standard error."""
        try:
            lines = self._words.read_text(encoding="utf-8", errors="replace").splitlines()
        except (OSError, AttributeError):
            return ""
        said = [line[len(PREFIX):] for line in lines if line.startswith(PREFIX)]
        return said[-1] if said else ""

    def _require_life(self) -> None:
        if self._process is None or self._process.poll() is None:
            return
        code = self._process.returncode
        raise (InputError if code == 2 else RunError)(self._message() or f"the window has ended with {code}")

    @property
    def running(self) -> bool:
        """False once a window that was started here has ended."""
        return self._process is None or self._process.poll() is None

    @property
    def ui_map(self) -> dict[str, Any]:
        """All of it: frame, window (width, height), page, state, items."""
        found = self._read()
        if found is None:
            self._require_life()
            raise RunError(f"{self._map}: the window has not written its state yet")
        return found

    @property
    def state(self) -> State:
        """phase, step, seconds, t, fd, error, autoencoder_step, flow_step, model, … as in the ui-map."""
        return self.ui_map["state"]

    @property
    def page(self) -> str:
        return str(self.ui_map["page"])

    @property
    def items(self) -> dict[str, dict[str, Any]]:
        """The controls by name, such as items["train"]["label"]: rect, visible, enabled, reason, label, value, …"""
        return self.ui_map["items"]

    def wait(self, condition: Callable[[State], Any], timeout: float = 60) -> State:
        """Waits until condition(state) is true and returns that state.

        Raises RunError after `timeout` seconds, and the reason if the window ends.
        """
        end = time.monotonic() + timeout
        while True:
            now = self._read()
            if now is not None and condition(now["state"]):
                return now["state"]
            self._require_life()
            if time.monotonic() > end:
                raise RunError(f"the window has not reached the awaited state within {timeout:g} s")
            time.sleep(POLL)

    # ---- What it does ----

    def send(self, *lines: str, timeout: float = 60) -> State:
        """Executes lines of a script, such as "page runs", "t 0.5", "train preset=tiny steps=200", "wait
        flow.step>=100", one after the other, and returns the state after them.

        Raises InputError if a line cannot be executed, RunError if the program reports an error or `timeout` seconds
        pass. Long work such as a training only begins; a "wait" line waits for it.
        """
        before = self.state
        self._write(lines)
        after = self.wait(lambda state: state["script_done"] >= self._sent and state["obeyed"], timeout)
        if after["script_errors"] > before["script_errors"]:
            raise InputError(after["script_error"])
        if after["errors"] > before["errors"]:
            raise RunError(after["error"] or "the program reported an error; see the page Log")
        return after

    def _write(self, lines: tuple[str, ...]) -> None:
        for line in lines:
            if "\n" in line or "\r" in line:
                raise InputError("a line of a script has no line break; give each line as an argument of its own")
        try:
            self._pipe.write("".join(line + "\n" for line in lines).encode())
            self._pipe.flush()
        except (OSError, ValueError):
            self._require_life()
            raise RunError("the window no longer reads its script") from None
        self._sent += len(lines)

    def wait_for(self, expression: str, timeout: float = 600) -> State:
        """Waits as the line `wait` of a script does: "flow.step>=100", "phase=done", "fd<5"."""
        return self.send(f"wait {expression}", timeout=timeout)

    def screenshot(self, path: PathLike, timeout: float = 30) -> Path:
        """Writes the window as it is now to a .png and returns its path."""
        place = Path(path).absolute()
        if '"' in str(place) or "\\" in str(place):
            raise InputError(f"{place}: a path in a script has no quotes and no backslashes; choose another name")
        before = place.stat().st_mtime_ns if place.exists() else None
        self.send(f'screenshot "{place}"', timeout=timeout)
        end = time.monotonic() + timeout
        while not place.exists() or place.stat().st_mtime_ns == before:  # it appears as a whole
            self._require_life()
            if time.monotonic() > end:
                raise RunError(f"{place}: the window has not written its image within {timeout:g} s")
            time.sleep(POLL)
        return place

    # ---- Its end ----

    def quit(self, timeout: float = 60) -> None:
        """Saves what trains and closes the window. Raises RunError if that fails."""
        if self._process is None:
            self._write(("quit",))
            self._clean()
            return
        if self._process.poll() is None:
            self._write(("quit",))
        try:
            code = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise RunError(f"the window has not closed within {timeout:g} s") from None
        message = self._message()
        self._clean()
        if code != 0:
            raise RunError(message or f"the window has ended with {code}")

    def close(self) -> None:
        """Ends the use of the window: one that was started here is closed, one that was attached stays open."""
        if self._process is not None:
            self.quit()
        else:
            self._clean()

    def _clean(self) -> None:
        _open_windows.discard(self)
        try:
            self._pipe.close()
        except OSError:
            pass
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Window:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_open_windows: weakref.WeakSet[Window] = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    """No window stays open by accident when the interpreter ends."""
    for window in list(_open_windows):
        try:
            window.quit(10)
        except (InputError, RunError):
            pass

"""Where the program is."""
from __future__ import annotations

import os
import shutil
from pathlib import Path

from .errors import InputError

NAME = "latentflow"


def _runs(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)


def find_program() -> Path:
    """The program `latentflow`: $LATENTFLOW_PROGRAM, else build/release/bin beside this package, else the PATH.

    Raises InputError if there is none. The build comes before the PATH, because a package that is used from a
    checkout belongs to its build.
    """
    named = os.environ.get("LATENTFLOW_PROGRAM", "")
    if named:
        if not _runs(Path(named)):
            raise InputError(f"LATENTFLOW_PROGRAM={named}: there is no program of that name")
        return Path(named)
    built = Path(__file__).resolve().parents[2] / "build" / "release" / "bin" / NAME
    if _runs(built):
        return built
    on_path = shutil.which(NAME)
    if on_path:
        return Path(on_path)
    raise InputError("the program latentflow was not found; build it with ./dev build, add it to the PATH, or set "
                     "LATENTFLOW_PROGRAM to its path")

"""What the tests of the Python package share: a private home, a few simple digits with a classifier, and one run that
the program under test trained on them."""
import importlib.util
import os
import random
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "python"), str(HERE.parent)]

from real_window import SKIPPED, private_environment  # noqa: E402
from sweep_kill_test import write_digits  # noqa: E402

STEPS = 40  # of the flow


def missing_packages(*names):
    """Those of the Python packages that are not installed."""
    return [name for name in names if importlib.util.find_spec(name) is None]


class Bench:
    """A folder with digits, a judge and a run; the environment of this process points there."""

    def __init__(self, program):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = Path(self._folder.name)
        os.environ.update(private_environment(str(self.folder)), LATENTFLOW_PROGRAM=os.path.abspath(program),
                          LATENTFLOW_DATA=str(self.folder / "digits"))
        write_digits(str(self.folder / "digits"), random.Random(1))
        import latentflow
        from latentflow.job import Job
        Job(["judge", "--out", str(self.folder / "judge.safetensors")]).wait()
        self.events = []
        self.run = latentflow.train(progress=self.events.append, preset="tiny", steps=STEPS, seed=3,
                                    tensorboard=self.folder / "tensorboard", figures=True,
                                    settings={"autoencoder.epochs": 2, "quality.final": 200, "marks": 5})

    def close(self):
        self._folder.cleanup()

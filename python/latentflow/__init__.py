"""Latent Flow Explorer in Python.

Read what the program stores as numpy arrays, run its commands, and drive its window:

    import latentflow
    run = latentflow.train(preset="tiny", steps=200)          # a Run
    run.history.flow.loss                                     # (N,) float64
    digits = latentflow.sample(run, count=40)                 # (40, 28, 28) uint8
    with latentflow.Window(model=run) as window:
        window.send("page flow-lab", "t 0.5")

Runs and models are read without the program. Commands and windows need it: see find_program().
"""
from .commands import (
    compare, evaluate, lab, reconstruct, resume, sample, sample_trajectory, start_training, train,
)
from .errors import InputError, LatentFlowError, RunError
from .events import Event
from .gallery import Gallery
from .history import Curves, History, read_history
from .job import Job, TrainingJob
from .model import Model, open_model
from .pictures import Picture, digit_grid, png_bytes, read_png_size
from .plots import Plot, line_plot
from .program import find_program
from .progress import ProgressLine
from .run import Mark, Run, list_runs, open_run, runs_folder
from .safetensors import SafetensorsFile, read_safetensors
from .window import Window

__version__ = "0.1.0"

__all__ = [
    "Curves", "Event", "Gallery", "History", "InputError", "Job", "LatentFlowError", "Mark", "Model", "Picture",
    "Plot", "ProgressLine", "Run", "RunError", "SafetensorsFile", "TrainingJob", "Window", "compare", "digit_grid",
    "evaluate", "find_program", "lab", "line_plot", "list_runs", "open_model", "open_run", "png_bytes",
    "read_history", "read_png_size", "read_safetensors", "reconstruct", "resume", "runs_folder", "sample",
    "sample_trajectory", "start_training", "train",
]

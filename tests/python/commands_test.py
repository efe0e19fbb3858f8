"""The Python package runs the program: training with events, cancelling, sampling, scores, the lab."""
import io
import os
import time
import unittest
from pathlib import Path

from workbench import STEPS

bench = None


class Commands(unittest.TestCase):
    def setUp(self):
        import latentflow
        import numpy
        self.lf, self.np = latentflow, numpy

    def test_training_reports_its_phases(self):
        phases = [event.phase for event in bench.events if event.kind == "phase"]
        self.assertEqual([p for p in phases if p in ("autoencoder", "flow", "done")][-1], "done")
        self.assertEqual(bench.events[-1].kind, "done")
        self.assertEqual(bench.events[-1].values["run_folder"], str(bench.run.folder))
        shares = [event.progress for event in bench.events if event.kind != "announcement"]
        self.assertTrue(all(0 <= share <= 1 for share in shares))
        self.assertEqual(bench.run.state, "done")

    def test_a_cancelled_training_is_saved_and_resumed(self):
        with self.lf.start_training(preset="tiny", steps=100000, out=bench.folder / "long",
                                    settings={"quality.final": 0, "marks": 0}) as job:
            for event in job:
                if event.phase == "flow" and event.step > 0:
                    job.cancel()
            self.assertFalse(job.running)
            self.assertTrue(job.interrupted)
            run = job.result()
        self.assertEqual(run.state, "paused")
        steps = run.model.flow_steps
        self.assertGreater(steps, 0)
        with self.lf.start_training(resume=run) as again:
            for event in again:
                if event.phase == "flow" and event.step > steps:
                    break
        self.assertFalse(again.running)  # the end of the block cancelled it
        self.assertGreater(run.model.flow_steps, steps)

    def test_ctrl_c_in_a_callback_ends_the_program(self):
        began = []

        def interrupt(event):
            began.append(event)
            raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt):
            self.lf.train(progress=interrupt, preset="tiny", steps=100000, out=bench.folder / "interrupted")
        self.assertEqual(len(began), 1)

    def test_the_same_seed_gives_the_same_digits(self):
        first = self.lf.sample(bench.run, count=12, seed=5)
        self.assertEqual((first.shape, first.dtype), ((12, 28, 28), self.np.uint8))
        self.assertTrue((first == self.lf.sample(bench.run.model, count=12, seed=5)).all())
        self.assertFalse((first == self.lf.sample(bench.run, count=12, seed=6)).all())
        self.assertEqual(self.lf.sample(bench.run.marks[0].path, count=3, digit=7).shape, (3, 28, 28))

    def test_trajectories_begin_with_noise(self):
        t, latents = self.lf.sample_trajectory(bench.run, count=40, seed=5)
        self.assertEqual(latents.shape, (len(t), 40, 4, 4, 4))
        self.assertEqual((t[0], t[-1]), (0, 1))
        self.assertTrue((self.np.diff(t) > 0).all())
        self.assertLess(abs(latents[0].mean()), 0.1)  # 2560 numbers: standard error 0.02
        self.assertLess(abs(latents[0].std() - 1), 0.08)

    def test_scores_reconstructions_and_comparison(self):
        scores = self.lf.evaluate(bench.run, count=200)
        self.assertGreater(scores["fd"], 0)
        self.assertTrue(0 <= scores["accuracy"] <= 1)
        original, made = bench.run.gallery.original[:6], self.lf.reconstruct(bench.run, count=6)
        self.assertTrue((made == bench.run.gallery.reconstruction[:6]).all())
        self.assertEqual(made.shape, original.shape)
        first, second = self.lf.compare([bench.run, bench.run])
        self.assertEqual(first["flow_steps"], STEPS)
        self.assertIs(second["same_weights"], True)

    def test_the_lab_gives_an_answer_a_table_and_a_figure(self):
        result = self.lf.lab("time-grid", bench.run, arguments={"steps": 4}, figure=True)
        self.assertEqual(result.values["arguments"]["steps"], "4")
        self.assertIn(" ", result.answer)
        lengths = {len(column) for column in result.table.values()}
        self.assertEqual(lengths, {result.values["rows"]})
        self.assertGreater(result.figure.width, 300)

    def test_errors_are_the_program_s_own_line(self):
        for call, kind, words in (
                (lambda: self.lf.sample("nothing"), self.lf.InputError, ("--model nothing", "no such file")),
                (lambda: self.lf.train(progress=None, preset="best"), self.lf.InputError, ("'best'", "fast")),
                (lambda: self.lf.train(progress=None, settings={"flow.speed": 1}), self.lf.InputError, ("'flow.speed'",)),
                (lambda: self.lf.lab("nothing"), self.lf.InputError, ("nothing",)),
                (lambda: self.lf.lab(""), self.lf.InputError, ("lists them",)),
                (lambda: self.lf.resume("nothing", progress=None), self.lf.InputError, ("--resume nothing",)),
                (lambda: self.lf.compare([bench.run]), self.lf.InputError, ("compare",))):
            with self.assertRaises(kind) as caught:
                call()
            for word in words:
                self.assertIn(word, str(caught.exception))
            self.assertNotIn("\n", str(caught.exception))

    def test_a_program_that_is_not_there(self):
        named = os.environ["LATENTFLOW_PROGRAM"]
        try:
            os.environ["LATENTFLOW_PROGRAM"] = "/nothing"
            with self.assertRaises(self.lf.InputError) as caught:
                self.lf.sample()
            self.assertIn("LATENTFLOW_PROGRAM=/nothing", str(caught.exception))
        finally:
            os.environ["LATENTFLOW_PROGRAM"] = named
        self.assertEqual(self.lf.find_program(), Path(named))

    def test_the_progress_line_is_written_over_itself(self):
        out = io.StringIO()
        with self.lf.ProgressLine(out) as line:
            for event in bench.events:
                line(event)
        text = out.getvalue()
        self.assertTrue(text.endswith("\n") and text.count("\n") == 1)
        last = text.rstrip("\n").split("\r")[-1]
        self.assertIn("100 %", last)
        self.assertIn(f"{STEPS}/{STEPS}", last)

    def test_a_job_can_be_awaited_after_its_events(self):
        job = self.lf.start_training(preset="tiny", steps=1, out=bench.folder / "short",
                                     settings={"quality.final": 0, "autoencoder.epochs": 0.1})
        kinds = [event.kind for event in job]
        self.assertEqual(kinds[-1], "done")
        began = time.monotonic()
        self.assertEqual(job.result().model.flow_steps, 1)
        self.assertFalse(job.interrupted)
        self.assertLess(time.monotonic() - began, 5)

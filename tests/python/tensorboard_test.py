"""TensorBoard's event files: a reader of its own checks every record, TensorBoard's reader (where it is installed) the
same numbers, both against history.csv."""
import importlib.util
import struct
import unittest

from small_event_reader import read_events

bench = None


class TensorBoard(unittest.TestCase):
    def events(self, phase):
        folder = bench.folder / "tensorboard" / bench.run.name / phase
        return [event for path in sorted(folder.iterdir()) for event in read_events(path.read_bytes())]

    def expected(self):
        """Of each phase and curve the pairs of step and value in history.csv."""
        for phase in ("autoencoder", "flow"):
            for name in ("loss", "loss_test", "lr"):
                steps, values = getattr(bench.run.history, phase).measured(name)
                yield phase, f"{phase}/{name}", dict(zip(steps.tolist(), values.tolist()))

    def same(self, found, expected, tag):
        found = {step: value for step, value in found if step in expected or step > 0}  # the table begins with step 1
        self.assertEqual(found.keys(), expected.keys(), tag)
        for step, value in expected.items():
            self.assertLessEqual(abs(found[step] - value), 1e-5 * abs(value), (tag, step))  # six digits in the table

    def test_every_record_is_whole_and_has_the_curves_of_the_history(self):
        for phase, tag, expected in self.expected():
            events = self.events(phase)
            self.assertEqual(events[0]["version"], "brain.Event:2")
            self.same([(event["step"], event["numbers"][tag]) for event in events if tag in event["numbers"]],
                      expected, tag)
        scores = [event["numbers"]["flow/score/fd"] for event in self.events("flow")
                  if "flow/score/fd" in event["numbers"]]
        self.assertEqual(len(scores), 1)
        self.assertAlmostEqual(scores[0], bench.run.report["fd"], places=3)

    def test_images_are_pngs_of_their_size(self):
        for phase, tag in (("autoencoder", "autoencoder/reconstructions"), ("flow", "flow/samples")):
            images = [event["images"][tag] for event in self.events(phase) if tag in event["images"]]
            self.assertGreaterEqual(len(images), 2)
            for height, width, png in images:
                self.assertEqual(struct.unpack(">II", png[16:24]), (width, height))

    @unittest.skipUnless(importlib.util.find_spec("tensorboard"), "TensorBoard is not installed")
    def test_tensorboard_reads_the_same(self):
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
        for phase, tag, expected in self.expected():
            reader = EventAccumulator(str(bench.folder / "tensorboard" / bench.run.name / phase),
                                      size_guidance={"scalars": 0, "images": 0})
            reader.Reload()
            self.same([(scalar.step, scalar.value) for scalar in reader.Scalars(tag)], expected, tag)
            self.assertGreaterEqual(len(reader.Images(reader.Tags()["images"][0])), 2)

"""The Python package reads what the program wrote, and refuses damaged files in one line."""
import io
import json
import shutil
import struct
import unittest
import zlib
from pathlib import Path

from workbench import STEPS

bench = None


def damaged(change):
    """A copy of the model whose bytes `change` has changed."""
    data = bytearray((bench.run.folder / "model.safetensors").read_bytes())
    path = bench.folder / "damaged.safetensors"
    path.write_bytes(change(data))
    return path


def with_header(header):
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + bytes(8)


class Files(unittest.TestCase):
    def setUp(self):
        import latentflow
        import numpy
        self.lf, self.np = latentflow, numpy

    def refused(self, call, *words):
        with self.assertRaises(self.lf.InputError) as caught:
            call()
        text = str(caught.exception)
        self.assertNotIn("\n", text)
        for word in words:
            self.assertIn(word, text)

    def test_history_has_a_row_for_each_step(self):
        flow = bench.run.history.flow
        self.assertEqual(flow.step.tolist(), list(range(1, STEPS + 1)))
        self.assertTrue((self.np.diff(flow.seconds) >= 0).all())
        self.assertTrue(self.np.isfinite(flow.loss).all() and (flow.lr > 0).all())
        steps, values = flow.measured("loss_test")
        self.assertTrue(0 < len(steps) < STEPS and self.np.isfinite(values).all())
        text = (bench.run.folder / "history.csv").read_text()
        self.assertEqual(len(bench.run.history.autoencoder) + STEPS, text.count("\n") - 1)
        self.refused(lambda: flow.measured("speed"), "'speed'", "loss_test")

    def test_damaged_histories_name_the_line(self):
        path = bench.folder / "history.csv"
        good = (bench.run.folder / "history.csv").read_text().splitlines()
        for lines, words in (([], ("first line",)), (["a,b"], ("first line",)), ([good[0], "1,flow,2,x,,1,"], (":2", "'x'")),
                             ([good[0], good[1], "1,flo"], (":3", "damaged")), ([good[0], "1,sleep,2,1,,1,"], (":2",))):
            path.write_text("\n".join(lines))
            self.refused(lambda: self.lf.read_history(path), str(path), *words)
        path.write_bytes(b"\xff\xfe\xff")
        self.refused(lambda: self.lf.read_history(path), str(path))
        self.refused(lambda: self.lf.read_history(bench.folder / "nothing.csv"), "nothing.csv", "No such file")

    def test_model_has_settings_scores_and_arrays(self):
        model = bench.run.model
        self.assertEqual((model.preset, model.flow_steps), ("tiny", STEPS))
        self.assertEqual(model.settings["seed"], "3")
        self.assertEqual(model.scores["count"], 200)
        self.assertAlmostEqual(model.scores["fd"], bench.run.report["fd"])
        velocity, average = model.part("velocity"), model.part("ema")
        self.assertEqual({name: array.shape for name, array in velocity.items()},
                         {name: array.shape for name, array in average.items()})
        self.assertTrue(any((velocity[name] != average[name]).any() for name in velocity))
        self.assertEqual(model.parameter_count("velocity"), sum(array.size for array in velocity.values()))
        self.assertIs(velocity["labels"].dtype.type, self.np.float32)
        self.refused(lambda: model.part("judge"), "'judge'", "autoencoder")
        self.assertEqual(self.lf.open_model(bench.run).path, model.path)

    def test_marks_are_the_averages_rounded_to_bfloat16(self):
        marks = bench.run.marks
        self.assertEqual(marks[-1].step, STEPS)
        self.assertEqual([mark.step for mark in marks], sorted(mark.step for mark in marks))
        rounded, exact = marks[-1].model().part("velocity"), bench.run.model.part("ema")
        for name, array in exact.items():
            # Eight significant bits, rounded to the nearest: at most 2^-9 of the value (and nothing near 0).
            self.assertTrue((self.np.abs(rounded[name] - array) <= self.np.abs(array) * 2**-8 + 1e-30).all(), name)
            self.assertEqual(int((rounded[name].view(self.np.uint32) & 0xFFFF).max()), 0, name)

    def test_gallery_and_checkpoint(self):
        gallery = bench.run.gallery
        digits = gallery.images.shape[1]
        self.assertEqual(gallery.images.shape, (len(gallery.t), digits, 28, 28))
        self.assertEqual(gallery.endpoints.shape, gallery.images.shape)
        self.assertEqual((gallery.t[0], gallery.t[-1]), (0, 1))
        self.assertEqual(gallery.latents.shape[1:], (4, 4, 4))
        self.assertEqual(len(gallery.latent_labels), len(gallery.latents))
        difference = (gallery.original / 255 - gallery.reconstruction / 255) ** 2
        self.assertTrue(self.np.allclose(difference.mean((1, 2)), gallery.mse, atol=3e-3))
        checkpoint = bench.run.checkpoint
        self.assertTrue(any(name.startswith("state.") for name in checkpoint))
        self.assertEqual(checkpoint["velocity.labels"].tolist(), bench.run.model.arrays["velocity.labels"].tolist())

    def test_safetensors_that_are_none(self):
        read = self.lf.read_safetensors
        self.refused(lambda: read(bench.folder), "cannot be read")
        for change in (lambda d: b"", lambda d: d[:7], lambda d: d[:100], lambda d: d[:-1],
                       lambda d: b"\xff" * 8 + d[8:], lambda d: d[:8] + b"x" + d[9:],
                       lambda d: with_header([1]), lambda d: with_header({"__metadata__": 3}),
                       lambda d: with_header({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}),
                       lambda d: with_header({"a": {"dtype": "F99", "shape": [2], "data_offsets": [0, 8]}}),
                       lambda d: with_header({"a": {"dtype": "U8", "shape": [-8], "data_offsets": [0, -8]}}),
                       lambda d: with_header({"a": {"dtype": "U8", "shape": [9], "data_offsets": [0, 9]}}),
                       lambda d: with_header({"a": 5})):
            path = damaged(change)
            self.refused(lambda: read(path), "damaged.safetensors")
        path = damaged(lambda d: with_header({"a": {"dtype": "BF16", "shape": [2, 2], "data_offsets": [0, 8]}}))
        self.assertEqual(read(path)["a"].tolist(), [[0, 0], [0, 0]])
        self.assertEqual(read(path).shape("a"), (2, 2))
        self.refused(lambda: self.lf.Model(path), "no model")
        with self.assertRaises(KeyError):
            read(path)["b"]

    def test_runs_by_path_name_and_label(self):
        lf, run = self.lf, bench.run
        self.assertEqual([found.name for found in lf.list_runs()], [run.name])
        self.assertEqual(lf.open_run(run.name).folder, lf.runs_folder() / run.name)
        self.assertEqual(lf.open_run(run.folder).state, "done")
        (run.folder / "label.json").write_text(json.dumps({"name": "the best"}))
        self.assertEqual(lf.open_run("the best").name, run.name)
        copy = run.folder.with_name("copy")
        shutil.copytree(run.folder, copy)
        self.refused(lambda: lf.open_run("the best"), "2 runs", "'the best'")
        shutil.rmtree(copy)
        (run.folder / "label.json").unlink()
        for name in ("nothing", "", "../.."):
            self.refused(lambda: lf.open_run(name), "run")
        self.assertEqual(lf.list_runs(bench.folder / "digits"), [])
        self.refused(lambda: lf.list_runs(bench.folder / "nothing"), "no such folder")
        self.assertEqual({path.name for path in run.figures} & {"loss.png", "samples.png"}, {"loss.png", "samples.png"})
        self.assertTrue(any(line.startswith("train ") for line in run.commands), run.commands)
        self.assertEqual(run.settings["marks"], "5")

    def test_pictures_are_whole_pngs(self):
        digits = bench.run.gallery.original[:12]
        picture = self.lf.digit_grid(digits, columns=5, scale=2, gap=4)
        self.assertEqual((picture.width, picture.height), (5 * 60 + 4, 3 * 60 + 4))
        data, at, pixels = picture.png, 8, b""
        while at < len(data):
            size, name = struct.unpack(">I4s", data[at:at + 8])
            body = data[at + 8:at + 8 + size]
            self.assertEqual(struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0], zlib.crc32(name + body))
            pixels += body if name == b"IDAT" else b""
            at += 12 + size
        rows = self.np.frombuffer(zlib.decompress(pixels), self.np.uint8).reshape(picture.height, picture.width + 1)
        self.assertTrue((rows[:, 0] == 0).all())
        self.assertEqual(rows[4:60:2, 5:61:2].tolist(), digits[0].tolist())
        self.assertEqual(picture.save(bench.folder / "grid.png").read_bytes(), picture.png)
        for wrong in (digits[0], digits.astype(float), digits[:0]):
            self.refused(lambda: self.lf.digit_grid(wrong), "digits must be")
        self.refused(lambda: self.lf.png_bytes(self.np.zeros((2, 2), float)), "uint8")

    def test_plots_draw_every_curve_inside_the_frame(self):
        import xml.etree.ElementTree as tree
        flow = bench.run.history.flow
        x = self.np.arange(5000)
        plot = self.lf.line_plot({"loss": (flow.step, flow.loss), "held-out <b>": flow.measured("loss_test"),
                                  "long": (x, 1 + x / 10)}, "step", "loss", log_y=True)
        lines = [element for element in tree.parse(io.StringIO(plot.svg)).iter() if element.tag.endswith("polyline")]
        self.assertEqual(len(lines), 3)
        for line in lines:
            points = [tuple(map(float, point.split(","))) for point in line.get("points").split()]
            self.assertTrue(2 <= len(points) <= 600)
            self.assertTrue(all(60 <= px <= 640 and 10 <= py <= 260 for px, py in points), points)
        heights = [float(point.split(",")[1]) for point in lines[2].get("points").split()]
        self.assertEqual(heights, sorted(heights, reverse=True), "rising values go up")
        self.refused(lambda: self.lf.line_plot({}), "at least one")
        self.refused(lambda: self.lf.line_plot({"a": ([1, 2], [1])}), "'a'")
        self.lf.line_plot({"constant": ([1, 2], [3, 3]), "one": ([1], [3])})

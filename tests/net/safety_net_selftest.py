#!/usr/bin/env python3
"""Plants what tools/safety_net.py must find, a changed default, a missing name, a changed digest, and what it must
let pass: additions and other wording.

    safety_net_selftest.py SOURCES
"""
import contextlib
import copy
import io
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCES = Path(sys.argv.pop(1)).resolve()
SCRIPT = SOURCES / "tools" / "safety_net.py"
sys.path[:0] = [str(SCRIPT.parent), str(SCRIPT.parent / "net")]
import checks  # noqa: E402  (the path must be set first)
import help_text  # noqa: E402
import run_folder  # noqa: E402
import safety_net  # noqa: E402
from trees import FAILED, differences_of  # noqa: E402

PRINTED = {
    "settings": {"flow.lr": {"default": "0.002", "min": 0.0, "choices": ["auto", "off"],
                             "wording": {"label": "Rate"}}},
    "snapshots": {"flow": {"images": {"count": 40, "first": [0, 3, 7], "sum": "aa"}}},
    "names": {"page explore": {"train": True, "page.explore": True}},
}
HELP = """train the autoencoder, then the flow
Usage: latentflow train [OPTIONS]

Options:
  -h,--help                   Print this help message and exit
  --pairs N                   of --reflow (default 10000)
  --data DIR                  folder of the four IDX files (default: search, download MNIST)
  --out F REQUIRED            file to write

Examples:
  latentflow train --pairs 7  these are no options
"""


class Comparing(unittest.TestCase):
    def found(self, change, allowed=()):
        new = copy.deepcopy(PRINTED)
        change(new)
        return differences_of(PRINTED, new, allowed)

    def breaks(self, change, place):
        found = self.found(change)
        self.assertEqual(len(found.broken), 1, found.broken)
        self.assertIn(place, found.broken[0])

    def passes(self, change):
        found = self.found(change)
        self.assertEqual(found.broken, [])
        return found

    def test_the_same_is_the_same(self):
        found = self.passes(lambda new: None)
        self.assertEqual(found.added + found.reworded, [])

    def test_a_changed_default(self):
        self.breaks(lambda new: new["settings"]["flow.lr"].update(default="0.003"), "settings/flow.lr/default")

    def test_a_changed_range_and_type(self):
        self.breaks(lambda new: new["settings"]["flow.lr"].update(min=0.1), "flow.lr/min")
        self.breaks(lambda new: new["settings"]["flow.lr"].update(min="0.0"), "flow.lr/min")

    def test_a_missing_name(self):
        self.breaks(lambda new: new["names"]["page explore"].pop("train"), "names/page explore/train: is missing")

    def test_a_changed_checksum_and_array(self):
        images = lambda new: new["snapshots"]["flow"]["images"]  # noqa: E731
        self.breaks(lambda new: images(new).update(sum="ab"), "flow/images/sum")
        self.breaks(lambda new: images(new)["first"].append(1), "3 entries became 4")
        self.breaks(lambda new: images(new)["first"].__setitem__(1, 4), "first/1: 3 became 4")

    def test_choices_may_grow_and_not_shrink_or_change_places(self):
        choices = lambda new, value: new["settings"]["flow.lr"].update(choices=value)  # noqa: E731
        self.assertEqual(len(self.passes(lambda new: choices(new, ["auto", "on", "off"])).added), 1)
        for worse in (["auto"], ["off", "auto"]):
            self.assertTrue(self.found(lambda new: choices(new, worse)).broken)

    def test_additions_and_wording_pass_and_are_listed(self):
        found = self.passes(lambda new: new["names"]["page explore"].update(more=True))
        self.assertEqual(found.added, ["names/page explore/more"])
        found = self.passes(lambda new: new["settings"]["flow.lr"]["wording"].update(label="Learning rate"))
        self.assertEqual(found.reworded, ["settings/flow.lr"])

    def test_long_texts_are_shown_where_they_part(self):
        broken = differences_of("sample " + 90 * "x" + " trajectory=t.csv", "sample " + 90 * "x").broken
        self.assertEqual(broken, [f"…'{20 * 'x'} trajectory=t.csv' became …'{20 * 'x'}'"])

    def test_a_wanted_difference_is_listed(self):
        found = self.found(lambda new: new["settings"]["flow.lr"].update(default="0.003"), ["settings/*/default"])
        self.assertEqual((found.broken, len(found.reworded)), ([], 1))


class Help(unittest.TestCase):
    def broken(self, old, new):
        return differences_of(help_text.entries(HELP), help_text.entries(HELP.replace(old, new))).broken

    def test_entries_are_read(self):
        options = help_text.entries(HELP)["Options"]
        self.assertEqual(set(options), {"-h,--help", "--pairs N", "--data DIR", "--out F REQUIRED"})
        self.assertEqual(options["--pairs N"]["default"], ["10000"])
        self.assertEqual(help_text.numeric_options(HELP), ["--pairs"])

    def test_wording_is_free(self):
        self.assertEqual(self.broken("folder of the four IDX files", "the four IDX files' folder"), [])
        self.assertEqual(self.broken("search, download MNIST", "searched or downloaded"), [])
        self.assertEqual(self.broken("latentflow train --pairs 7", "latentflow train --pairs 8"), [])

    def test_names_defaults_and_arguments_are_not(self):
        self.assertIn("--pairs N: is missing", self.broken("--pairs N", "--pair N")[0])
        self.assertIn("--pairs N", self.broken("(default 10000)", "(default 20000)")[0])
        self.assertIn("--pairs N", self.broken(" (default 10000)", "")[0])
        self.assertIn("--out F REQUIRED: is missing", self.broken("--out F REQUIRED", "--out F         ")[0])

    def test_settings(self):
        text = "seed=1\n    Every random number.\nautosave=60 s\n    Seconds between\n    two saves.\n"
        settings = help_text.settings(text)
        self.assertEqual(settings["autosave"], {"default": "60 s", "wording": "Seconds betweentwo saves."})
        changed = differences_of(settings, help_text.settings(text.replace("60 s", "30 s"))).broken
        self.assertEqual(changed, ["autosave/default: '60 s' became '30 s'"])

    def test_a_range(self):
        error = "x\nlatentflow: --n: '-1.5' is odd; give 1 to 10000\n"
        self.assertEqual(help_text.refusal(error), ["-1.5", "1", "10000"])


class Digests(unittest.TestCase):
    REPORT = ('{"course": {"entries": [{"at": [0, 0], "build": "x", "threads": 2}, '
              '{"at": [9, 5], "weights": "aa", "decoder": "%s"}]}}')

    def marks(self, digest):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "report.json").write_text(self.REPORT % digest)
            return run_folder.marks(folder)

    def test_a_changed_digest(self):
        self.assertEqual(self.marks("bb"), {"0,0 threads": 2, "9,5 weights": "aa", "9,5 decoder": "bb"})
        broken = differences_of(self.marks("bb"), self.marks("bc")).broken
        self.assertEqual(broken, ["9,5 decoder: 'bb' became 'bc'"])

    def test_a_run_that_left_nothing_has_no_marks(self):
        self.assertEqual(run_folder.marks("no such folder"), {})

    def test_changed_bytes_of_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "i").mkdir()
            (Path(folder) / "i" / "x.npy").write_bytes(b"1")
            before = checks.checksums(Path(folder), ["i", "none"])
            (Path(folder) / "i" / "x.npy").write_bytes(b"2")
            after = checks.checksums(Path(folder), ["i", "none"])
            self.assertIn("i/x.npy", differences_of(before, after).broken[0])
            self.assertEqual(before["none"], "missing")

    def test_losses_count_and_times_do_not(self):
        def history(text):
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / "history.csv").write_text("seconds,phase,step,loss,fd\n" + text)
                return run_folder.history(folder)

        first = history("0.1,flow,1,2.5,\n0.2,flow,2,2.4,\n")
        self.assertEqual(first, history("0.3,flow,1,2.5,\n0.9,flow,2,2.4,7\n"))
        self.assertNotEqual(first, history("0.1,flow,1,2.5,\n0.2,flow,2,2.3,\n"))


class Reporting(unittest.TestCase):
    def closing(self, *pairs):
        """The exit code and the lines for some comparisons."""
        report, text = safety_net.Report([], False), io.StringIO()
        with contextlib.redirect_stdout(text):
            for base, new in pairs:
                report.add("x", base, new)
            code = report.close()
        return code, text.getvalue().splitlines()

    def test_equal_is_ok(self):
        code, lines = self.closing(({"exit": 0, "a": [1, 2]}, {"exit": 0, "a": [1, 2]}))
        self.assertEqual((code, lines[0]), (0, "ok       x (3 values)"))

    def test_one_difference_of_two_is_exit_code_1(self):
        code, lines = self.closing(({"exit": 0}, {"exit": 0}), ({"exit": 0}, {"exit": 1}))
        self.assertEqual(code, 1)
        self.assertIn("differs  x: exit: 0 became 1", lines)

    def test_nothing_to_compare_is_not_ok(self):
        failed = {"exit": 1, FAILED: "no such file"}
        for pairs in ((), (({}, {}),), ((failed, failed),)):
            self.assertEqual(self.closing(*pairs)[0], 1, pairs)
        self.assertIn("no such file", self.closing((failed, failed))[1][0])

    def test_an_error_that_both_may_give_is_told(self):
        said = {"exit": 2, "said": "no judge"}
        self.assertEqual(self.closing((said, said))[1][0], "ok       x (2 values; both end with 2: no judge)")

    def test_parts_are_compared_one_by_one(self):
        parts = list(checks.parts_of("names", {"failed": {"a": 1}}, {"more": {}}))
        self.assertEqual([name for name, _, _ in parts], ["names, failed", "names, more"])


class BadInput(unittest.TestCase):
    def refused(self, *arguments):
        done = subprocess.run([sys.executable, str(SCRIPT), *arguments], text=True, capture_output=True)
        self.assertEqual(done.returncode, 2, done.stderr)
        return done.stderr.strip().splitlines()

    def test_an_unknown_commit_is_one_line(self):
        lines = self.refused("--base", "no-such-commit")
        self.assertEqual(len(lines), 1)
        self.assertIn("'no-such-commit'", lines[0])

    def test_files_need_digests(self):
        self.assertIn("digests", self.refused("--base", "HEAD", "--only", "files")[-1])


if __name__ == "__main__":
    unittest.main()

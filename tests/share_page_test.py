"""The page of latentflow share: its arithmetic in Node against the program's, and itself in a headless browser.

share_page_test.py PROGRAM SOURCES ASSETS

Without Node and without Chromium it is skipped (77); with one of them it checks what that allows, and says so.
"""

import ast
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Browser, browser_path  # noqa: E402

LEVELS = 2  # of 255, between page and program
SEED = "1234567890123"
PARTS = ("noise", "arithmetic", "network", "solvers", "sampler")

HARNESS = r"""
const fs = require("fs"), [page, requests, sources] = process.argv.slice(2);
const html = fs.readFileSync(page, "utf8");
const part = (id) => html.match(new RegExp(`<script type="[^"]*" id="${id}">([^]*?)</script>`))[1];
const code = fs.readFileSync(sources, "utf8") + "\nreturn {PageModel, Batch, computeBatch};";
const {PageModel, Batch, computeBatch} = new Function(code)();
const data = JSON.parse(part("content")), model = new PageModel(data.network, part("weights"));
const results = JSON.parse(requests).map((request) => {
  const batch = new Batch(request);
  for (const _ of computeBatch(model, batch, () => 0));
  return Array.from(batch.pixels[request.steps]);
});
console.log(JSON.stringify(results));
"""

# (solver, steps, evaluations, guidance, class)
CASES = [("euler", 8, 8, 1, -1), ("midpoint", 4, 8, 1, 3), ("heun", 3, 6, 1, -1), ("rk4", 2, 8, 1, 7),
         ("ab2", 6, 6, 1, -1), ("euler", 4, 8, 2.5, -1), ("euler", 5, 5, 0, -1)]


def read_npy(path):
    """The numbers of a uint8 array."""
    data = path.read_bytes()
    length = struct.unpack("<H", data[8:10])[0]
    header = ast.literal_eval(data[10:10 + length].decode())
    assert header["descr"] == "|u1", header
    return data[10 + length:]


class Checks:
    def __init__(self, program, sources, assets, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        self.sources, self.model = pathlib.Path(sources), os.path.join(assets, "model.safetensors")
        self.page = self.folder / "page.html"
        environment = dict(os.environ, HOME=folder, XDG_DATA_HOME=folder, XDG_CONFIG_HOME=folder)
        self.environment = dict(environment, LATENTFLOW_MASK_CPU="avx512_bf16,amx")

    def run(self, *words):
        made = subprocess.run([self.program, *words], env=self.environment, capture_output=True, text=True)
        assert made.returncode == 0, made.stderr
        return made.stdout

    def write_page(self):
        lines = self.run("share", self.model, "--out", str(self.page), "--seed", SEED, "--json").splitlines()
        assert json.loads(lines[-1])["event"] == "done", lines
        size = self.page.stat().st_size
        assert size <= 4_000_000, f"the page of a fast model has {size} bytes"
        print(f"page of {size / 1e6:.2f} MB")

    def names(self):
        """A run by its name, and what is no run: exit 2, one line, no file."""
        run = self.folder / "latentflow" / "runs" / "my run"
        run.mkdir(parents=True)
        shutil.copy(self.model, run / "model.safetensors")
        (run / "report.json").write_text("{}")
        (run / "label.json").write_text(json.dumps({"name": "</script><!--"}))
        out = self.folder / "named.html"
        self.run("share", run.name, "--out", str(out))
        text = out.read_text()
        assert "<h1>&lt;/script&gt;&lt;!--</h1>" in text and str(self.folder) not in text
        made = subprocess.run([self.program, "share", "no such run", "--out", str(self.folder / "none.html")],
                              env=self.environment, capture_output=True, text=True)
        assert made.returncode == 2 and "no such run" in made.stderr.splitlines()[-1], made
        assert not (self.folder / "none.html").exists()

    def program_samples(self, case):
        solver, _, nfe, guidance, digit = case
        out = self.folder / "samples.npy"
        self.run("sample", "--model", self.model, "--count", "12", "--seed", SEED, "--solver", solver, "--nfe", str(nfe),
                 "--guidance", str(guidance), "--digit", "all" if digit < 0 else str(digit), "--out", str(out))
        return read_npy(out)

    def arithmetic(self):
        """Solvers, guidance and classes in Node against the program."""
        code = "\n".join((self.sources / f"{part}.js").read_text() for part in PARTS)
        (self.folder / "parts.js").write_text(code)
        (self.folder / "harness.js").write_text(HARNESS)
        requests = [{"seed": SEED, "solver": solver, "steps": steps, "guidance": guidance,
                     "labels": [i % 10 if digit < 0 else digit for i in range(12)]}
                    for solver, steps, _, guidance, digit in CASES]
        made = subprocess.run(["node", self.folder / "harness.js", self.page, json.dumps(requests), self.folder / "parts.js"],
                              capture_output=True, text=True)
        assert made.returncode == 0, made.stderr
        for case, pixels in zip(CASES, json.loads(made.stdout)):
            expected = self.program_samples(case)
            assert len(pixels) == len(expected) and max(expected) > 200, case
            most = max(abs(a - b) for a, b in zip(pixels, expected))
            print(f"{case[0]}, {case[1]} steps, guidance {case[3]}, class {case[4]}: largest difference {most} of 255")
            assert most <= LEVELS, case

    def in_browser(self):
        with Browser() as browser:
            self.desktop(browser)
            assert not browser.errors, browser.errors
            outside = [url for url in browser.requests if not url.startswith(("file:", "data:", "about:"))]
            assert not outside, outside
        with Browser(390, 844, light=True, touch=True) as browser:
            browser.open(str(self.page))
            self.wait_ready(browser)
            assert browser.value("document.documentElement.scrollWidth") == 390, "the page is wider than a phone"
            assert browser.value("document.documentElement.dataset.theme") == "light"
            assert not browser.errors, browser.errors

    def wait_ready(self, browser):
        browser.wait("document.documentElement.dataset.ready === 'yes'", 60)

    def desktop(self, browser):
        browser.open(str(self.page))
        self.wait_ready(browser)
        paint = browser.value("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        difference = int(browser.value("document.documentElement.dataset.difference"))
        print(f"first frame {paint:.0f} ms, ten digits within {difference} of 255")
        assert difference <= LEVELS
        self.speed(browser, paint)
        self.keyboard(browser)
        self.readable(browser)

    def speed(self, browser, paint):
        """Generous limits: the machine of a test may be busy. The measured values are printed."""
        browser.value("document.getElementById('new-noise').click()")
        self.wait_ready(browser)
        milliseconds = float(browser.value("document.documentElement.dataset.milliseconds"))
        frames = browser.value("""new Promise((done) => {
            const slider = document.getElementById('t'), times = [];
            const frame = (now) => {
                times.push(now);
                slider.value = (times.length % 40) / 40;
                slider.dispatchEvent(new Event('input'));
                if (times.length < 60) requestAnimationFrame(frame);
                else done(1000 * (times.length - 1) / (times.at(-1) - times[0]));
            };
            requestAnimationFrame(frame); })""")
        print(f"40 digits in {milliseconds:.0f} ms, t dragged at {frames:.0f} frames per second")
        assert paint <= 4000 and milliseconds <= 4000 and frames >= 10

    def keyboard(self, browser):
        browser.value("document.activeElement.blur(); document.getElementById('t').value = 1")
        before = browser.value("document.getElementById('seed').value")
        browser.key("n")
        self.wait_ready(browser)
        assert browser.value("document.getElementById('seed').value") != before, "N gives new noise"
        browser.key("7")
        self.wait_ready(browser)
        assert browser.value("document.getElementById('class').value") == "7"
        browser.key("ArrowLeft")
        t = float(browser.value("document.getElementById('t').value"))
        steps = int(browser.value("document.getElementById('steps').value"))
        assert steps > 1 and abs(t - (1 - 1 / steps)) < 1e-3, (t, steps)
        assert browser.value("document.getElementById('t-out').textContent") == f"{t:.2f}"
        browser.value("document.getElementById('grid').focus()")
        browser.key("ArrowRight")
        assert "digit 2 is chosen" in browser.value("document.getElementById('grid').ariaLabel")
        browser.key("t")
        assert browser.value("document.documentElement.dataset.theme") == "light"

    def readable(self, browser):
        """Every control has a name, every image a text, landmarks and a live region exist."""
        bad = browser.value("""[...document.querySelectorAll('input, select, button, canvas, img, svg')].filter((e) =>
            !(e.labels?.length || e.textContent.trim() || e.alt || e.ariaLabel || e.getAttribute('aria-label') ||
              e.getAttribute('aria-labelledby'))).map((e) => e.outerHTML.slice(0, 80))""")
        assert not bad, bad
        for part in ("header", "main", "footer", "[aria-live]", "h1"):
            assert browser.value(f"document.querySelectorAll('{part}').length") >= 1, part
        assert "function evaluations" in browser.value("document.getElementById('status').textContent")


def main():
    program, sources, assets = sys.argv[1:4]
    node, browser = shutil.which("node"), browser_path()
    if not node and not browser:
        print("skipped: neither node nor chromium is installed")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        checks = Checks(program, sources, assets, folder)
        checks.write_page()
        checks.names()
        if node:
            checks.arithmetic()
        else:
            print("skipped: the arithmetic of all solvers, node is not installed")
        if browser:
            checks.in_browser()
        else:
            print("skipped: the page in a browser, chromium is not installed")
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""The window and its worker together, for the thread sanitizer: trains, turns every page, saves and quits by a script.

Usage: threads_test.py fake FAKE_WINDOW            over a worker that pretends to train, all of it instrumented
       threads_test.py real LATENTFLOW CORE        with the real core of another build, a few steps: it is slow

Needs a display (run it under xvfb-run). Exits 77, which ctest reads as skipped, where there is none or CORE is not
there. A race is told by the sanitizer on standard error, and its exit status fails the test."""
import os
import subprocess
import sys
import tempfile

SKIPPED = 77
PAGES = ["explore", "flow-lab", "latent-space", "reconstructions", "training", "quality", "runs", "sweep", "log"]

SCRIPT = """
train {preset} out="{folder}/run"
wait 1
{pages}
page explore
t 0.3
play
set preview.seed 3
pause
step
resume
wait flow.step>={steps}
screenshot "{folder}/shot.png"
save
reset
undo-reset
wait 0.5
quit
"""


def script(folder, preset, steps):
    pages = "\n".join(f"page {page}\nwait 0.4" for page in PAGES)
    path = os.path.join(folder, "window.script")
    with open(path, "w", encoding="utf-8") as file:
        file.write(SCRIPT.format(folder=folder, preset=preset, steps=steps, pages=pages))
    return path


def environment(folder, **more):
    return dict(os.environ, HOME=folder, XDG_CONFIG_HOME=folder, XDG_DATA_HOME=folder, XDG_CACHE_HOME=folder,
                LATENTFLOW_CACHE=folder, LATENTFLOW_MIRRORS="http://127.0.0.1:9", LIBGL_ALWAYS_SOFTWARE="1",
                LATENTFLOW_DATA="", **more)


def run(words, env):
    done = subprocess.run(words, env=env, timeout=3000, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(done.stdout[-20000:])
    if done.returncode != 0:
        sys.exit(f"FAILED: {os.path.basename(words[0])} ended with {done.returncode}")


def window(program, folder, preset, steps, env):
    run([program, "--script", script(folder, preset, steps), "--ui-map", os.path.join(folder, "ui.json")], env)
    if not os.path.isfile(os.path.join(folder, "shot.png")):
        sys.exit("FAILED: no screenshot was written")


def main():
    kind, program = sys.argv[1], sys.argv[2]
    if not os.environ.get("DISPLAY") or (kind == "real" and not os.path.isfile(sys.argv[3])):
        print("skipped: no display, or no core library")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        if kind == "fake":
            window(program, folder, "preset=fast", 60, environment(folder))
        else:
            window(program, folder, "preset=tiny steps=8", 4, environment(folder, LATENTFLOW_CORE=sys.argv[3]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

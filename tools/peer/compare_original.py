#!/usr/bin/env python3
"""Time our training step of the reference system's DiT-B/2 against plain PyTorch, alternately.

Runs `latentflow bench original` and original.py (fused Adam; with --bf16 also under bfloat16 autocast, with --plain also
PyTorch's default Adam) in turn, so that other load affects both, and prints every round and the ratios
of the medians.

    compare_original.py [--rounds N] [--bf16] [--plain] [--set KEY=VALUE ...] [--program FILE] [--python FILE] [--runs N]

--python names an interpreter that has PyTorch (default: this one); --set goes to `latentflow bench`, such as
--set arithmetic=bfloat16.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = HERE.parent.parent / "build/release/bin/latentflow"
YARDSTICKS = ("yardstick-f32", "yardstick-f32-large", "yardstick-memory")
STEP_GFLOP, STEP_GIGABYTES = 73.8, 6 * 4e-9 * 129_534_736  # Adam alone: three arrays read and written back


def json_lines(command):
    """The JSON objects that a command prints, one a line."""
    # Each waits as it does by itself: PyTorch's threads spin, which makes its small operations faster.
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def run_ours(options):
    settings = [word for assignment in options.set for word in ("--set", assignment)]
    rows = json_lines([options.program, "bench", "--json", *settings, *YARDSTICKS[1:], "original"])
    return {row["name"]: row for row in rows}


def run_peer(options, extra):
    return json_lines([options.python, HERE / "original.py", "--runs", str(options.runs), *extra])[0]


def model_ms(rows):
    """What the yardsticks allow: all products at the speed of one, Adam's traffic at the memory's."""
    best = max(rows[name]["gflops"] for name in YARDSTICKS[:2])
    return 1e3 * (STEP_GFLOP / best + STEP_GIGABYTES / rows["yardstick-memory"]["gb_per_s"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--runs", type=int, default=8)
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="settings of latentflow bench")
    parser.add_argument("--program", default=str(PROGRAM))
    parser.add_argument("--python", default=sys.executable)
    options = parser.parse_args()
    kinds = {"fused": []}
    if options.bf16:
        kinds["fused bf16"] = ["--bf16"]
    if options.plain:
        kinds["plain"] = ["--plain"]
    ratios = {name: [] for name in ["model", *kinds]}
    for i in range(options.rounds):
        rows = run_ours(options)
        ours = rows["original-step"]
        ratios["model"].append(ours["ms_median"] / model_ms(rows))
        parts = [f"ours {ours['ms_median']:.0f} ms (least {ours['ms_min']:.0f}, peak {ours['peak_mb']:.0f} MB)",
                 "yardsticks " + " ".join(f"{rows[n]['gflops']:.0f}" for n in YARDSTICKS[:2]) +
                 f" GFLOP/s {rows['yardstick-memory']['gb_per_s']:.0f} GB/s allow {model_ms(rows):.0f} ms"]
        for kind, extra in kinds.items():
            peer = run_peer(options, extra)
            ratios[kind].append(ours["ms_median"] / peer["ms_median"])
            parts.append(f"{kind} {peer['ms_median']:.0f} ms (least {peer['ms_min']:.0f}, "
                         f"peak {peer['peak_mb']} MB)")
        print(f"load {os.getloadavg()[0]:.1f}: " + "; ".join(parts), flush=True)
    for name, values in ratios.items():
        print(f"ours / {name}: median {statistics.median(values):.3f}, each {[round(v, 3) for v in values]}")


if __name__ == "__main__":
    main()

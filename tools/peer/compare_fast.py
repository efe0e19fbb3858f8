#!/usr/bin/env python3
"""Time the fast preset's parts against plain PyTorch, alternately.

Runs `latentflow bench` and fast.py in turn, so that whatever else the machine does meets both, and prints the medians over
the rounds and their ratio.

    compare_fast.py [--rounds N] [--program FILE] [--python FILE] [NAME ...]

--python names an interpreter that has PyTorch (default: this one).
"""
import argparse
import statistics
import sys

from compare_original import HERE, PROGRAM, json_lines

NAMES = ("autoencoder-step", "flow-step", "sample-1", "sample-100", "sample-10000")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", default=NAMES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--program", default=str(PROGRAM))
    parser.add_argument("--python", default=sys.executable)
    options = parser.parse_args()
    ours, theirs = {}, {}
    for _ in range(options.rounds):
        for row in json_lines([options.program, "bench", "--json", *options.names]):
            ours.setdefault(row["name"], []).append(row)
        for row in json_lines([options.python, str(HERE / "fast.py"), *options.names]):
            theirs.setdefault(row["name"], []).append(row)
    print(f"{'part':18} {'ours ms':>10} {'PyTorch ms':>11} {'ratio':>6}  share of the product yardstick")
    for name in options.names:
        a = statistics.median(row["ms_median"] for row in ours[name])
        b = statistics.median(row["ms_median"] for row in theirs[name])
        share = ours[name][0].get("share_of_yardstick")
        print(f"{name:18} {a:10.2f} {b:11.2f} {a / b:6.2f}  {f'{100 * share:.0f} %' if share else ''}")


if __name__ == "__main__":
    main()

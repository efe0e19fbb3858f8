#!/usr/bin/env python3
"""Time the fast preset's parts against plain PyTorch, alternately.

Runs `latentflow bench` and fast.py in turn, so that other load affects both, and prints the medians over
the rounds and the ratio to the faster of PyTorch's two modes: float32, and its bfloat16 autocast.

    compare_fast.py [--rounds N] [--float32-only] [--set KEY=VALUE ...] [--program FILE] [--python FILE] [NAME ...]

--python names an interpreter that has PyTorch (default: this one); --set goes to `latentflow bench`, such as
--set arithmetic=bfloat16.
"""
import argparse
import statistics
import sys

from compare_original import HERE, PROGRAM, json_lines

NAMES = ("autoencoder-step", "flow-step", "sample-1", "sample-100", "sample-10000")


PEERS = {"float32": [], "bfloat16": ["--bf16"]}


def median(rows):
    return statistics.median(row["ms_median"] for row in rows)


def print_table(names, ours, theirs):
    """theirs: for each arithmetic the rows of each name."""
    print(f"{'part':18} {'ours ms':>9} " + " ".join(f"{f'PyTorch {kind}':>17}" for kind in theirs) +
          "  ratio to the faster  share of the product yardstick")
    for name in names:
        mine, peers = median(ours[name]), [median(rows[name]) for rows in theirs.values()]
        share = ours[name][0].get("share_of_yardstick")
        print(f"{name:18} {mine:9.2f} " + " ".join(f"{peer:17.2f}" for peer in peers) +
              f" {mine / min(peers):20.2f}  {f'{100 * share:.0f} %' if share else ''}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", default=NAMES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--float32-only", action="store_true", help="leave the bfloat16 autocast out")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="settings of latentflow bench")
    parser.add_argument("--program", default=str(PROGRAM))
    parser.add_argument("--python", default=sys.executable)
    options = parser.parse_args()
    settings = [word for assignment in options.set for word in ("--set", assignment)]
    kinds = ["float32"] if options.float32_only else list(PEERS)
    ours, theirs = {}, {kind: {} for kind in kinds}
    for _ in range(options.rounds):
        for row in json_lines([options.program, "bench", "--json", *settings, *options.names]):
            ours.setdefault(row["name"], []).append(row)
        for kind in kinds:
            for row in json_lines([options.python, str(HERE / "fast.py"), *PEERS[kind], *options.names]):
                theirs[kind].setdefault(row["name"], []).append(row)
    print_table(options.names, ours, theirs)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Compares the working tree with an older commit: a refactoring must not change what users see.

Builds the commit in a separate work tree beside this one, with the same preset and compiler cache, and runs both
builds on this machine, with the same arithmetic and threads. Prints one line per comparison: "ok", or "differs" and
the difference.

    safety_net.py --base COMMIT                      everything; the commit's build is removed at the end
    safety_net.py --base COMMIT --keep FOLDER        its build stays in FOLDER, so the next call is faster
    safety_net.py --base COMMIT --only values help   some of: values, help, digests, files, window
    safety_net.py --base COMMIT --allow 'settings/flow.lr/default'   an intended difference (see --verbose)

values   the output of net_values and net_names: commands and script lines through text and back, settings, presets,
         snapshots of all fakes, names of all controls
help     options, arguments, defaults and ranges of every subcommand, and train --help-settings
digests  weights of a short tiny and a short fast run, each also resumed and replayed
files    runs, checkpoints, models and records of the base, opened by both (digests must have run)
window   the stored state of the window (needs xvfb-run)

Additions and changed wording are allowed and counted; --verbose lists them. LATENTFLOW_DATA is the folder of MNIST;
without it the built-in digits are used. Other files go to a temporary folder.

The base must contain the printing programs: the earliest possible base is the commit that added
tests/net/print_values.cpp (git log --diff-filter=A -- tests/net/print_values.cpp).

Exit code 0: nothing differs; 1: something does; 2: nothing could be compared.
"""
import argparse
import signal
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "net"))
import builds  # noqa: E402  (the path must be set first)
import checks  # noqa: E402
from sides import Side  # noqa: E402
from trees import FAILED, count_values, differences_of  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]


class Report:
    """Prints a line for each comparison and counts those that differ."""

    def __init__(self, allowed, verbose):
        self.allowed, self.verbose, self.compared, self.differing = allowed, verbose, 0, 0

    def add(self, name, base, new):
        found = differences_of(base, new, self.allowed)
        if (not base and not new) or FAILED in base:
            found.broken.append(f"the base gives nothing to compare: {base.get(FAILED, 'empty')}")
        self.compared += 1
        if found.broken:
            self.differing += 1
            more = f" (and {len(found.broken) - 1} more)" if len(found.broken) > 1 else ""
            print(f"differs  {name}: {found.broken[0]}{more}", flush=True)
        else:
            print(f"ok       {name}{self.remarks(found, base)}", flush=True)
        if self.verbose:
            self.details(found)

    def remarks(self, found, base):
        """What a reader of an "ok" should know."""
        counts = ((found.added, "added"), (found.reworded, "reworded"))
        parts = [f"{count_values(base)} values", *[f"{len(lines)} {word}" for lines, word in counts if lines]]
        if base.get("said"):
            parts.append(f"both end with {base.get('exit', '?')}: {base['said']}")
        return f" ({'; '.join(parts)})"

    def details(self, found):
        for word, lines in (("differs", found.broken[1:]), ("added", found.added), ("reworded", found.reworded)):
            for line in lines:
                print(f"           {word}: {line}")

    def close(self):
        print(f"{self.compared} comparisons, {self.differing} differ")
        return 0 if self.compared and not self.differing else 1


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", required=True, metavar="COMMIT", help="the commit to compare with")
    parser.add_argument("--keep", metavar="FOLDER", help="folder that keeps the base's build for the next call")
    parser.add_argument("--preset", default="release", help="preset of CMakePresets.json (default release)")
    parser.add_argument("--only", nargs="+", choices=checks.GROUPS, default=list(checks.GROUPS), metavar="GROUP")
    parser.add_argument("--allow", action="append", default=[], metavar="PATTERN",
                        help="path of an intended difference; * matches any text")
    parser.add_argument("--verbose", action="store_true", help="list every difference, addition and new wording")
    return parser.parse_args()


def compare(base, new, groups, report):
    for name, check in checks.GROUPS.items():
        if name in groups:
            for comparison in check(base, new):
                report.add(*comparison)
    return report.close()


def run(arguments, folder):
    """Builds both, compares, and takes the base's folder away unless it is to be kept."""
    builds.require_tools()
    if "files" in arguments.only and "digests" not in arguments.only:
        raise builds.Refused("--only files needs digests as well: they write the files")
    commit = builds.full_commit(ROOT, arguments.base)
    source = builds.check_out(ROOT, commit, arguments.keep or folder / "base")
    try:
        print(f"base {commit[:12]} beside {ROOT.name}, preset {arguments.preset}", flush=True)
        programs = [builds.build(place, arguments.preset) for place in (source, ROOT)]
        sides = [Side(name, place, folder / name) for name, place in zip(("base-runs", "new-runs"), programs)]
        return compare(*sides, arguments.only, Report(arguments.allow, arguments.verbose))
    finally:
        if not arguments.keep:
            builds.remove(ROOT, source)


def main():
    arguments = parse_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was made is taken away
    try:
        with tempfile.TemporaryDirectory(prefix="safety-net-") as folder:
            return run(arguments, Path(folder))
    except (builds.Refused, OSError) as error:
        print(f"safety_net: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())

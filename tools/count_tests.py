#!/usr/bin/env python3
"""Closing line of `./dev test`: counts the test cases in the result files of build folders.

Each BUILD/reports/ holds ctest.xml (one case per registered test) and, for those that are GoogleTest
programs, test_NAME.xml with their single cases, which are counted instead. A program that crashed
left no such file and counts as one failure. Exit 1 if anything failed, or a folder has no results.

    count_tests.py build/release build/tsan ...
"""
import sys
import xml.etree.ElementTree as xml
from collections import Counter
from pathlib import Path


def gtest_outcomes(file):
    """One of passed, failed, skipped for each case of a GoogleTest program."""
    for case in xml.parse(file).iter("testcase"):
        if case.find("failure") is not None:
            yield "failed"
        elif case.find("skipped") is not None or case.get("result") == "skipped":
            yield "skipped"
        elif case.get("status") == "run":
            yield "passed"


def outcomes(reports):
    """The outcomes of one build folder; a missing ctest.xml means that its tests never ran."""
    file = reports / "ctest.xml"
    if not file.is_file():
        return
    for case in xml.parse(file).iter("testcase"):
        status = {"run": "passed", "fail": "failed"}.get(case.get("status"), "skipped")
        single = reports / f"test_{case.get('name')}.xml"
        found = Counter(gtest_outcomes(single)) if single.is_file() else Counter()
        if status == "failed" and not found["failed"]:
            found["failed"] += 1  # it crashed or ran out of time
        yield from (found or Counter([status])).elements()


def main():
    builds = [Path(name) for name in sys.argv[1:]]
    total = Counter()
    for build in builds:
        total.update(outcomes(build / "reports"))
    untested = [str(build) for build in builds if not (build / "reports/ctest.xml").is_file()]
    if untested:
        print(f"not tested, because building failed: {', '.join(untested)}")
    line = f"tests: {total['passed']} passed, {total['failed']} failed"
    print(line + (f", {total['skipped']} skipped" if total["skipped"] else ""), flush=True)
    return 0 if total["passed"] and not total["failed"] and not untested else 1


if __name__ == "__main__":
    sys.exit(main())

"""Compares what two builds print: dictionaries may gain keys, everything else must stay the same."""
from fnmatch import fnmatchcase

WORDING = "wording"  # what stands under this key may change; it is listed
FAILED = "the call failed"  # a key: why there is nothing to compare
CHOICES = "choices"  # a list that may gain entries


class Differences:
    """What is broken, what was added and what is only worded differently, as lines of text."""

    def __init__(self, allowed=()):
        self.broken, self.added, self.reworded = [], [], []
        self.allowed = allowed  # patterns of paths, as in fnmatch

    def note(self, path, text):
        """A difference that must not be, unless its path was allowed; then it is listed."""
        place = " ".join("/".join(path).split())  # a key may hold line breaks
        known = any(fnmatchcase(place, pattern) for pattern in self.allowed)
        (self.reworded if known else self.broken).append(f"{place}: {text}" if place else text)


def brief(value, most=60):
    """A value on part of a line."""
    text = repr(value)
    return text if len(text) <= most else text[:most - 1] + "…"


def became(base, new):
    """A change on part of a line; of long texts the place where they part."""
    same = 0
    if isinstance(base, str) and isinstance(new, str):
        same = next((i for i, (a, b) in enumerate(zip(base, new)) if a != b), min(len(base), len(new)))
    start = same - 20 if same > 30 else 0
    before = "…" if start else ""
    old, now = (brief(text[start:] if start else text) for text in (base, new))
    return f"{before}{old} became {before}{now}"


def count_values(tree):
    """How many plain values a tree has."""
    if isinstance(tree, (dict, list)):
        return sum(count_values(item) for item in (tree.values() if isinstance(tree, dict) else tree))
    return 1


def is_subsequence(short, long):
    """All of `short` stand in `long`, in the same order."""
    rest = iter(long)
    return all(item in rest for item in short)


def compare_dictionaries(base, new, differences, path):
    for key in base:
        if key not in new:
            differences.note((*path, key), "is missing")
        elif key == WORDING:
            if base[key] != new[key]:
                differences.reworded.append("/".join(path))
        else:
            compare(base[key], new[key], differences, (*path, key))
    differences.added += ["/".join((*path, key)) for key in new if key not in base]


def compare_lists(base, new, differences, path):
    if path and path[-1] == CHOICES and is_subsequence(base, new):
        differences.added += ["/".join((*path, str(item))) for item in new if item not in base]
    elif len(base) != len(new):
        differences.note(path, f"{len(base)} entries became {len(new)}")
    else:
        for index, (old, now) in enumerate(zip(base, new)):
            compare(old, now, differences, (*path, str(index)))


def compare(base, new, differences, path=()):
    """Adds to `differences` what distinguishes `new` from `base`, two values as JSON has them."""
    if isinstance(base, dict) and isinstance(new, dict):
        compare_dictionaries(base, new, differences, path)
    elif isinstance(base, list) and isinstance(new, list):
        compare_lists(base, new, differences, path)
    elif type(base) is not type(new) or base != new:
        differences.note(path, became(base, new))


def differences_of(base, new, allowed=()):
    """The same as a new `Differences`."""
    found = Differences(allowed)
    compare(base, new, found)
    return found

"""Reads what --help prints: names, argument names, defaults and numbers apart from the wording."""
import re

ENTRY = re.compile(r"^  (\S(?:.*?\S)?)(?:\s{2,}(\S.*))?$")
SECTION = re.compile(r"^(Positionals|Options|Subcommands):$")
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:[.,]\d+)*")
DEFAULT = re.compile(r"default:? ([^\s),;]+)(?=[);])")


def described(text):
    """A description: its numbers and one-word defaults are fixed, its wording is free."""
    return {"numbers": NUMBER.findall(text), "default": DEFAULT.findall(text), "wording": text}


def entries(text):
    """{section: {name: described}} of the help of a command."""
    found, section, name = {}, None, None
    for line in text.splitlines():
        heading, entry = SECTION.match(line), ENTRY.match(line)
        if heading:
            section, name = found.setdefault(heading.group(1), {}), None
        elif not line.strip():
            section = None
        elif section is not None and entry:
            name = entry.group(1)
            section[name] = described(entry.group(2) or "")
        elif section is not None and name:
            section[name] = described(section[name]["wording"] + " " + line.strip())
    return found


def subcommands(text):
    """The names under Subcommands."""
    return list(entries(text).get("Subcommands", {}))


def numeric_options(text):
    """Long names of the options that take a number: their argument is called N, X, D or C."""
    names = [re.match(r"(?:-\w,)?(--[\w-]+) [NXDC]\b", entry) for entry in entries(text).get("Options", {})]
    return [name.group(1) for name in names if name]


def settings(text):
    """{key: default and wording} of `train --help-settings`."""
    found, key = {}, None
    for line in text.splitlines():
        setting = re.match(r"([\w.]+)=(.*)$", line)
        if setting:
            key = setting.group(1)
            found[key] = {"default": setting.group(2), "wording": ""}
        elif key and line.strip():
            found[key]["wording"] += line.strip()
    return found


def refusal(text):
    """The numbers of an error's last line: the range that it names."""
    lines = text.strip().splitlines()
    return NUMBER.findall(lines[-1]) if lines else []

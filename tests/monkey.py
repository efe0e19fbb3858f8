"""A monkey at the keyboard: what it does next follows from seed, number of the action, and what the window shows."""
import os
import pty
import random
import select
import subprocess

TEXTS = ("1e999", "-1", "nan", "0x1F", "99999999999999999999", "../..", "~", "/", "a/b/c.safetensors", "model", "%s%n",
         "äöüß €", "数字 🙂", "\u202eleft", "' \" \\ ` $HOME", "7", "0.5", "3,5", "x" * 400, "digits and noise " * 30)
KEYS = ("Escape", "Tab", "shift+Tab", "Return", "KP_Enter", "BackSpace", "Delete", "Home", "End", "Prior", "Next", "Left",
        "Right", "Up", "Down", "space", "r", "s", "p", "t", "F1", "plus", "minus", "ctrl+z", "ctrl+y", "ctrl+s",
        "ctrl+e", "ctrl+o", "ctrl+a", "ctrl+c", "ctrl+x", "ctrl+v", "ctrl+BackSpace", "shift+Left", "shift+Home")
SIZES = ((480, 360), (1440, 900), (1280, 800), (640, 900), (1440, 360), (320, 200))  # the last below what it asks for
CLOSING = "ctrl+q"


def stroke(key):
    """Shorter than any frame."""
    return [f"key --delay 0 {key}"]


class Hand:
    """One xdotool for the whole test: a process for each action would take most of the time."""

    def __init__(self, folder):
        self.text = os.path.join(folder, "typed.txt")
        self.answers, answers = pty.openpty()  # a terminal, so that xdotool answers line by line
        self.process = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, stdout=answers,
                                        stderr=subprocess.STDOUT, bufsize=0)
        os.close(answers)

    def do(self, lines):
        """Returns when all of it has been handed to the display. What xdotool complains about, or None."""
        self.process.stdin.write("".join(line + "\n" for line in [*lines, "getmouselocation"]).encode())
        said = b""
        while b"screen:" not in said or not said.endswith(b"\n"):
            if not select.select([self.answers], [], [], 60)[0]:
                raise AssertionError(f"xdotool does not answer after {lines}")
            try:
                said += os.read(self.answers, 4096)
            except OSError as error:  # it ends by itself where the window it is to size is gone
                raise AssertionError(f"xdotool ended after {lines}: {said.decode(errors='replace')}") from error
        words = said.decode(errors="replace").strip()
        return None if words.startswith("x:") else words

    def typing(self, text):
        with open(self.text, "w", encoding="utf-8") as file:
            file.write(text)
        delay = 0 if text.isascii() else 100  # ms; other letters move about on the keyboard, which the program has to see
        return [f"type --delay {delay} --file {self.text}"]

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=10)
        os.close(self.answers)


class Monkey:
    def __init__(self, seed, hand, window_id):
        self.seed, self.hand, self.id = seed, hand, window_id
        self.pressed = {}  # control -> how often
        self.seen = set()
        self.before = None  # what was there when a control was pressed to see what it opens

    def controls(self, ui):
        width, height = ui["window"]
        found = []
        for name, item in ui["items"].items():
            x, y, w, h = item["rect"]
            if item["visible"] and w > 0 and h > 0 and 0 <= x + w / 2 < width and 0 <= y + h / 2 < height:
                found.append(name)
        self.seen.update(found)
        return sorted(found)

    def somewhere(self, chance, ui):
        """A place to press and what it is: half of the time a control, else anywhere."""
        controls = self.controls(ui)
        if controls and chance.random() < 0.5:
            return self.control(chance, ui, controls)
        width, height = ui["window"]
        return chance.randrange(max(1, width)), chance.randrange(max(1, height)), "anywhere"

    def control(self, chance, ui, controls):
        """One of these, the least pressed ones first."""
        least = min(self.pressed.get(name, 0) for name in controls)
        name = chance.choice([c for c in controls if self.pressed.get(c, 0) == least])
        self.pressed[name] = self.pressed.get(name, 0) + 1
        x, y, w, h = ui["items"][name]["rect"]
        return int(x + w * chance.uniform(0.1, 0.9)), int(y + h * chance.uniform(0.1, 0.9)), name

    def act(self, number, ui):
        """The words for the list of actions, and the lines for xdotool."""
        chance = random.Random(f"{self.seed}:{number}")
        (kind,) = chance.choices((self.click, self.twice, self.drag, self.wheel, self.type, self.fill, self.key, self.page,
                                  self.resize, self.rest, self.open, self.close),
                                 (33, 8, 12, 10, 6, 7, 14, 5, 3, 1, 4, 0.3))
        before, self.before = self.before, None
        return self.click_new(chance, ui, before) if before is not None else kind(chance, ui)

    def open(self, chance, ui):
        """Presses a control and waits: the rows of a menu, a question or a sheet are what the next action presses."""
        self.before = set(self.controls(ui))
        x, y, name = self.control(chance, ui, sorted(self.before)) if self.before else self.somewhere(chance, ui)
        return f"open {x},{y} ({name})", [f"mousemove {x} {y}", "sleep 0.02", *self.press(1), "sleep 0.3"]

    def click_new(self, chance, ui, before):
        new = [name for name in self.controls(ui) if name not in before]
        x, y, name = self.control(chance, ui, new) if new else self.somewhere(chance, ui)
        return f"click what came, {x},{y} ({name})", [f"mousemove {x} {y}", "sleep 0.02", *self.press(1)]

    @staticmethod
    def press(button):
        return [f"mousedown {button}", "sleep 0.01", f"mouseup {button}"]

    def click(self, chance, ui):
        x, y, name = self.somewhere(chance, ui)
        (button,) = chance.choices((1, 2, 3), (30, 1, 4))
        return f"click {button} at {x},{y} ({name})", [f"mousemove {x} {y}", "sleep 0.01", *self.press(button)]

    def twice(self, chance, ui):
        x, y, name = self.somewhere(chance, ui)
        lines = [f"mousemove {x} {y}", *self.press(1), "sleep 0.02", *self.press(1)]
        return f"double click at {x},{y} ({name})", lines

    def drag(self, chance, ui):
        x, y, name = self.somewhere(chance, ui)
        lines = [f"mousemove {x} {y}", "mousedown 1"]
        for _ in range(chance.randint(1, 5)):
            to_x, to_y, _ = self.somewhere(chance, ui)
            lines += ["sleep 0.01", f"mousemove {to_x} {to_y}"]
        return f"drag from {x},{y} ({name}) to {to_x},{to_y}", [*lines, "mouseup 1"]

    def wheel(self, chance, ui):
        x, y, name = self.somewhere(chance, ui)
        (button,) = chance.choices((4, 5, 6, 7), (5, 5, 1, 1))
        count = chance.randint(1, 6)
        lines = [f"mousemove {x} {y}", *(line for _ in range(count) for line in (f"mousedown {button}", f"mouseup {button}"))]
        return f"wheel {button} x {count} at {x},{y} ({name})", lines

    def words(self, chance):
        if chance.random() < 0.5:
            return "".join(chance.choice("0123456789.-") for _ in range(chance.randint(1, 6)))
        if chance.random() < 0.3:
            return "".join(chance.choice("abcdefghijklmnopqrstuvwxyz_ /.") for _ in range(chance.randint(1, 30)))
        return chance.choice(TEXTS)

    def type(self, chance, _):
        words = self.words(chance)
        return f"type {words[:40]!r} ({len(words)} letters)", self.hand.typing(words)

    def fill(self, chance, ui):
        """As one fills in a field: click, all of it chosen, other text, Enter or another way out."""
        x, y, name = self.somewhere(chance, ui)
        words, out = self.words(chance), chance.choice(("Return", "Tab", "Escape"))
        lines = [f"mousemove {x} {y}", "sleep 0.01", *self.press(1), "sleep 0.03", *stroke("ctrl+a"),
                 *self.hand.typing(words), *stroke(out)]
        return f"fill {x},{y} ({name}) with {words[:40]!r}, {out}", lines

    def key(self, chance, _):
        key = chance.choice(KEYS)
        return f"key {key}", stroke(key) * chance.choice((1, 1, 1, 4))

    def page(self, chance, _):
        """By its key, which a field that is being typed into would take."""
        key = chance.randint(0, 9)
        return f"page {key}", [*stroke("Escape"), *stroke(key)]

    def resize(self, chance, _):
        width, height = chance.choice((*SIZES, (chance.randint(300, 1440), chance.randint(200, 900))))
        return f"resize to {width}x{height}", [f"windowsize {self.id} {width} {height}"]

    def rest(self, chance, ui):
        x, y, name = self.somewhere(chance, ui)
        return f"rest at {x},{y} ({name})", [f"mousemove {x} {y}", "sleep 0.4"]

    def close(self, *_):
        return CLOSING, stroke(CLOSING)

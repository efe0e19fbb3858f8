"""A small, tolerant reader of C++: what the checks of the sources need to know, and no more.

It blanks comments, literals and directives, follows braces and parentheses, and names what a scope declares.
It relies on the formatting of this repository: a function's body opens after a space, the braces of a member's
initialiser do not.
"""
import re
from dataclasses import dataclass, field

SKIPPED = re.compile(
    r'//(?:\\\n|[^\n])*|/\*.*?\*/|R"(?P<mark>[^(\s]{0,16})\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"'
    r"|(?<!\w)'(?:\\.|[^'\\\n])+'", re.DOTALL)
DIRECTIVE = re.compile(r"^[ \t]*#(?:\\\n|[^\n])*", re.MULTILINE)
TEMPLATE = re.compile(r"\btemplate\s*<")
NAMESPACE = re.compile(r"(?:inline\s+)?namespace\s*([\w:]*)$")
LINKAGE = re.compile(r"extern\s*$")  # extern "C": the literal is blanked
CLASS = re.compile(r"(?:typedef\s+)?(?:class|struct|union)\s+(?:alignas\s*\([^)]*\)\s*)?([\w:]+)(?:\s+final)?\s*"
                   r"(?::(?!:).*)?$", re.DOTALL)
UNNAMED_CLASS = re.compile(r"(?:class|struct|union)$")
ENUM = re.compile(r"enum\b(?:\s+(?:class|struct))?\s*(\w*)\s*(?::(?!:).*)?$", re.DOTALL)
LEADING = re.compile(r"(?:\s*\b(?:public|protected|private)\s*:(?!:))*\s*")  # access labels before a declaration
FORWARD = re.compile(r"(?:class|struct|union|enum(?:\s+(?:class|struct))?)\s+(\w+)(?:\s*:\s*\w+)?$")
KEYWORDS = {"if", "for", "while", "switch", "return", "sizeof", "decltype", "alignas", "noexcept", "static_assert",
            "catch", "throw", "defined", "__attribute__"}
BUILT_IN = {"int", "long", "short", "unsigned", "signed", "char", "bool", "float", "double", "void", "auto", "const"}


def blanked(match):
    return re.sub(r"[^\n]", " ", match.group())


def code_of(text):
    """The text without comments, literals and directives; everything else stays where it is."""
    return DIRECTIVE.sub(blanked, SKIPPED.sub(blanked, text))


def line_of(code, at):
    return code.count("\n", 0, at) + 1


def closing(code, opening, end):
    """Where the brace or parenthesis closes that opens there; the end if it does not."""
    pairs = {"{": "}", "(": ")", "[": "]"}
    ours, theirs = code[opening], pairs[code[opening]]
    depth = 0
    for at in range(opening, end):
        depth += (code[at] == ours) - (code[at] == theirs)
        if depth == 0:
            return at
    return end


@dataclass
class Statement:
    """A declaration: its words, and the block behind them if that is a body."""
    start: int  # of its first word
    head: str
    kind: str  # namespace, class, enum, function, variable, alias, forward or other
    names: list = field(default_factory=list)
    parameters: str = ""
    body: tuple = ()  # (behind the opening brace, the closing one); () without a body
    end: int = 0


def without_angles(text):
    """Without what stands between angle brackets, so that parentheses in them count for nothing."""
    text = re.sub(r"operator\s*(?:<=>|<<=?|>>=?|<=|>=|<|>|->\*?)", "operator_", text).replace("->", "  ")
    before = None
    while before != text:
        before, text = text, re.sub(r"<[^<>;{}]*>", lambda m: " " * len(m.group()), text)
    return text


def plain(head):
    """The head without access labels, attributes and template parameters."""
    head = head[LEADING.match(head).end():]
    head = re.sub(r"\[\[.*?\]\]|__attribute__\s*\(\(.*?\)\)", " ", head, flags=re.DOTALL)
    while TEMPLATE.match(head.strip()):
        head = head.strip()
        depth, at = 0, head.index("<")
        for at in range(at, len(head)):
            depth += (head[at] == "<") - (head[at] == ">" and head[at - 1] != "-")
            if depth == 0:
                break
        head = head[at + 1:]
    return head.strip()


def call_of(head):
    """(name, parameters, what follows) of the first parameter list of a head; None where there is none."""
    flat = without_angles(head)
    operator = re.search(r"\boperator\s*(\(\s*\)|\[\s*\]|[^\s\w(]+|\w[\w:\s*&]*)\s*\(", flat)
    if operator:
        opening = operator.end() - 1
        name = "operator" + operator.group(1).strip()
    else:
        opening = flat.find("(")
        if opening < 0 or "=" in flat[:opening]:
            return None
        match = re.search(r"((?:\w+\s*::\s*)*~?\w+)\s*$", flat[:opening])
        if not match or match.group(1) in KEYWORDS or re.match(r"\(\s*[*&]", flat[opening:]):
            return None
        name = re.sub(r"\s", "", match.group(1))
    end = closing(flat, opening, len(flat))
    return name, head[opening + 1:end], flat[end + 1:]


def opens_initialiser(head, before):
    """Whether a brace behind this head at namespace or class scope holds values; `before` is the letter before it."""
    head = plain(head)
    if any(pattern.match(head) for pattern in (NAMESPACE, CLASS, UNNAMED_CLASS, ENUM, LINKAGE)):
        return False
    call = call_of(head)
    if call is None:
        return True
    in_list = re.match(r"[^{}]*?:(?!:)", call[2]) is not None  # of a constructor
    return in_list and (before.isalnum() or before in "_>")


def variables_of(head):
    """The names that a declaration of variables makes."""
    text = without_angles(head)
    pointer = re.search(r"\(\s*[*&]\s*(\w+)", text)
    while True:
        inner = re.sub(r"\{[^{}]*\}|\([^()]*\)|\[[^\[\]]*\]", " ", text)
        if inner == text:
            break
        text = inner
    if pointer:
        return [pointer.group(1)]
    names = []
    for part in text.split(","):
        words = re.findall(r"[A-Za-z_]\w*", re.split(r"=|(?<!:):(?!:)", part)[0])
        if words and words[-1] not in BUILT_IN:
            names.append(words[-1])
    return names


def classified(start, head, body, end):
    """The statement of a head, with or without a body."""
    text = plain(head)
    for kind, pattern in (("namespace", NAMESPACE), ("class", CLASS), ("enum", ENUM)):
        match = pattern.match(text) if body else None
        if match:
            return Statement(start, text, kind, [match.group(1)], "", body, end)
    if body and LINKAGE.match(text):
        return Statement(start, text, "linkage", [], "", body, end)
    if body and UNNAMED_CLASS.match(text):
        return Statement(start, text, "class", [""], "", body, end)
    if re.match(r"(friend|static_assert|typedef|namespace|extern template)\b", text) or not text:
        return Statement(start, text, "other", [], "", body, end)
    match = re.match(r"using\s+(\w+)\s*=", text)
    if match or text.startswith("using"):
        return Statement(start, text, "alias" if match else "other", [match.group(1)] if match else [], "", body, end)
    match = FORWARD.match(text)
    if match and not body:
        return Statement(start, text, "forward", [match.group(1)], "", body, end)
    call = call_of(text)
    if call:
        return Statement(start, text, "function", [call[0]], call[1], body, end)
    return Statement(start, text, "variable", variables_of(text), "", body, end)


def statements(code, start, end):
    """The declarations between two positions of a namespace or class, one by one, without those inside bodies."""
    at = head = start
    while at < end:
        letter = code[at]
        if letter in "([":
            at = closing(code, at, end)
        elif letter == "{":
            close = closing(code, at, end)
            if not opens_initialiser(code[head:at], code[at - 1]):
                yield classified(head + LEADING.match(code[head:at]).end(), code[head:at], (at + 1, close), close)
                head = close + 1
            at = close
        elif letter == ";":
            if code[head:at].strip():
                yield classified(head + LEADING.match(code[head:at]).end(), code[head:at], (), at)
            head = at + 1
        at += 1


@dataclass
class Declared:
    """A statement and where it stands."""
    statement: Statement
    namespaces: tuple  # of names from the outside; "" is an unnamed one
    classes: tuple


def declarations(code):
    """All declarations of a file in namespaces and classes, from the outside to the inside."""
    waiting = [(0, len(code), (), ())]
    while waiting:
        start, end, namespaces, classes = waiting.pop()
        for found in statements(code, start, end):
            yield Declared(found, namespaces, classes)
            if found.kind == "namespace":
                inner = tuple(found.names[0].split("::")) if found.names[0] else ("",)
                waiting.append((*found.body, namespaces + inner, classes))
            elif found.kind == "linkage":
                waiting.append((*found.body, namespaces, classes))
            elif found.kind == "class":
                waiting.append((*found.body, namespaces, classes + (found.names[0],)))

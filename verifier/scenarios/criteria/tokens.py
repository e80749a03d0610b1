"""The words of a simple condition: literals, operators, and runtime expressions."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

__all__ = ["BadCondition", "Token", "tokens"]

LONGEST = 4000
# An expression ends where a space, an operator or a bracket begins.
EXPRESSION = r"\$[A-Za-z]+[^\s=<>!&|()\[\]'{},#]*(?:\#[^\s=<>!&|()\[\]'{}]*)?"
TOKEN = re.compile(
    rf"""\s*(?:
      (?P<string>'(?:[^']|'')*')
    | (?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.]))
    | (?P<braced>\{{\s*{EXPRESSION}\s*\}})
    | (?P<expression>{EXPRESSION})
    | (?P<operator>==|!=|<=|>=|&&|\|\||[<>!()\[\]])
    | (?P<member>\.[A-Za-z_][\w-]*)
    | (?P<word>[A-Za-z_][\w-]*)
    )""",
    re.VERBOSE,
)
WORDS = {"true": True, "false": False, "null": None}
SLIPS = {
    "=": "Compare with '=='.",
    "&": "Write '&&'.",
    "|": "Write '||'.",
    '"': "Put strings in single quotes: 'text'.",
}


class BadCondition(ValueError):  # noqa: N818
    """A condition that cannot be read; says why, and the mend."""

    def __init__(self, says: str, mend: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.mend = mend


class Token(Struct, frozen=True):
    """One word: ``literal``, ``expression``, ``operator`` or ``member``, and its value."""

    kind: str
    value: Any
    start: int = 0


def tokens(condition: str) -> list[Token]:
    """
    A condition's words, in order.

    Raises:
        BadCondition: Something in it is no word; says what, where, and the likely mend.
    """
    if len(condition) > LONGEST:
        raise BadCondition("the condition is too long", f"Keep it below {LONGEST} characters.")
    found: list[Token] = []
    position, end = 0, len(condition.rstrip())
    while position < end:
        match = TOKEN.match(condition, position)
        if match is None:
            raise _unreadable(condition, position)
        found.append(_token(match))
        position = match.end()
    return found


def _token(match: re.Match[str]) -> Token:
    kind = str(match.lastgroup)
    text, start = match[kind], match.start(kind)
    match kind:
        case "string":
            return Token("literal", text[1:-1].replace("''", "'"), start)
        case "number":
            return Token("literal", float(text) if set(text) & set(".eE") else int(text), start)
        case "braced":
            return Token("expression", text[1:-1].strip(), start)
        case "word":
            if text not in WORDS:
                raise BadCondition(
                    f"'{text}' is no literal", f"Put strings in single quotes: '{text}'."
                )
            return Token("literal", WORDS[text], start)
        case "member":
            return Token("member", text[1:], start)
        case _:
            return Token(kind, text, start)


def _unreadable(condition: str, position: int) -> BadCondition:
    rest = condition[position:].lstrip()
    near = f"'{rest[:20]}'"
    return BadCondition(f"nothing can be made of {near}", SLIPS.get(rest[:1], "Correct it."))

"""Text that matches a regular expression, made from its parsed form."""

from __future__ import annotations

import random
import re
import warnings
from functools import lru_cache
from importlib import import_module
from typing import Any

__all__ = ["matching"]

code: Any = import_module("re._constants")
parser: Any = import_module("re._parser")
MOST_LETTERS = 20_000
LONGEST_PATTERN = 2000
MORE_REPEATS = 3
LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGH0123456789"
SPARE = LETTERS + " -_."
CATEGORIES = {
    code.CATEGORY_DIGIT: "0123456789",
    code.CATEGORY_WORD: LETTERS,
    code.CATEGORY_SPACE: " ",
    code.CATEGORY_NOT_DIGIT: "abcxyz",
    code.CATEGORY_NOT_SPACE: LETTERS,
    code.CATEGORY_NOT_WORD: "-",
}
# Unicode properties (ECMA-262, 22.2.1) by ASCII letters that have them.
PROPERTY = re.compile(r"\\p\{(?:\w+=)?(\w+)\}")
PROPERTIES = {
    "L": "a-zA-Z",
    "Lu": "A-Z",
    "Ll": "a-z",
    "N": "0-9",
    "Nd": "0-9",
    "P": "!-/",
    "Z": " ",
}
# What ends or begins a class of characters; escaped characters are passed over.
BRACKETS = re.compile(r"\\p\{[^}]*\}|\\.|\[|\]", re.DOTALL)


def matching(pattern: str, rng: random.Random, least: int = 0) -> str | None:
    """
    A text that matches; None where the pattern is not understood.

    Args:
        least: How many letters there should be, if repetitions allow it.
    """
    tree = _parsed(pattern)
    if tree is None:
        return None
    try:
        return _Writer(rng, least).text(tree)
    except (_Unknown, RecursionError, ValueError, OverflowError):
        return None


class _Unknown(Exception):  # noqa: N818
    """A construct that nothing can be made of."""


@lru_cache(maxsize=1024)
def _parsed(pattern: str) -> Any:
    if len(pattern) > LONGEST_PATTERN:
        return None
    try:
        with warnings.catch_warnings():
            # What may change its meaning in Python some day ("[[") has one in ECMA-262.
            warnings.simplefilter("ignore", FutureWarning)
            return parser.parse(_pythonic(pattern))
    except (re.error, OverflowError, RecursionError, ValueError):
        return None


def _pythonic(pattern: str) -> str:
    """An ECMA-262 expression with its properties and named groups in Python's spelling."""
    inside = False

    def put(found: re.Match[str]) -> str:
        nonlocal inside
        piece = found.group()
        if piece in ("[", "]"):
            # A bracket within a class is one of its characters.
            literal = inside and piece == "["
            inside = piece == "["
            return "\\[" if literal else piece
        known = PROPERTY.fullmatch(piece)
        if known is None:
            return piece
        members = PROPERTIES.get(known.group(1), "a-zA-Z0-9")
        return members if inside else f"[{members}]"

    return (
        BRACKETS.sub(put, pattern)
        .replace("(?<", "(?P<")
        .replace("(?P<=", "(?<=")
        .replace("(?P<!", "(?<!")
    )


class _Writer:
    """Writes one text; what it may write is bounded."""

    def __init__(self, rng: random.Random, least: int) -> None:
        self.rng = rng
        self.least = least
        self.left = MOST_LETTERS
        self.groups: dict[int, str] = {}

    def text(self, tree: Any) -> str:
        return "".join(self._one(op, given) for op, given in tree)

    def _one(self, op: Any, given: Any) -> str:
        self.left -= 1
        if self.left < 0:
            raise _Unknown("too long")
        if op is code.LITERAL:
            return chr(given)
        if op is code.ANY:
            return self.rng.choice(LETTERS)
        if op is code.NOT_LITERAL:
            return self.rng.choice([c for c in LETTERS if ord(c) != given])
        if op is code.IN:
            return self._member(given)
        return self._structure(op, given)

    def _structure(self, op: Any, given: Any) -> str:
        if op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            return self._repeated(*given)
        if op is code.SUBPATTERN:
            self.groups[given[0]] = self.text(given[-1])
            return self.groups[given[0]]
        if op is code.BRANCH:
            return self.text(self.rng.choice(given[1]))
        if op is code.GROUPREF:
            return self.groups.get(given, "")
        if op is code.ATOMIC_GROUP:
            return self.text(given)
        if op in (code.AT, code.ASSERT_NOT, code.ASSERT):
            return ""
        raise _Unknown(op)

    def _repeated(self, least: int, most: Any, inner: Any) -> str:
        times = self.rng.randint(least, min(int(most), least + MORE_REPEATS))
        times = max(times, min(int(most), self.least))
        if times > self.left:
            raise _Unknown("too long")
        return "".join(self.text(inner) for _ in range(times))

    def _member(self, choices: Any) -> str:
        if choices and choices[0][0] is code.NEGATE:
            allowed = [c for c in SPARE if not _among(ord(c), choices[1:])]
            return self.rng.choice(allowed or ["~"])
        op, given = self.rng.choice(choices)
        if op is code.RANGE:
            low, high = given
            return chr(self.rng.randint(low, min(high, max(low, 0x7E))))
        if op is code.LITERAL:
            return chr(given)
        if op is code.CATEGORY:
            return self.rng.choice(CATEGORIES.get(given, LETTERS))
        raise _Unknown(op)


def _among(point: int, choices: Any) -> bool:
    for op, given in choices:
        if op is code.LITERAL and given == point:
            return True
        if op is code.RANGE and given[0] <= point <= given[1]:
            return True
        if op is code.CATEGORY and chr(point) in CATEGORIES.get(given, ""):
            return True
    return False

"""Text that matches a regular expression, made from its parsed form."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from importlib import import_module
from typing import Any

__all__ = ["matching"]

code: Any = import_module("re._constants")
parser: Any = import_module("re._parser")
MOST_REPEATS = 40
LONGEST_PATTERN = 2000
LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGH0123456789"
CATEGORIES = {
    code.CATEGORY_DIGIT: "0123456789",
    code.CATEGORY_WORD: LETTERS,
    code.CATEGORY_SPACE: " ",
    code.CATEGORY_NOT_DIGIT: "abcxyz",
    code.CATEGORY_NOT_SPACE: LETTERS,
    code.CATEGORY_NOT_WORD: "-",
}


def matching(pattern: str, rng: random.Random) -> str | None:
    """A text that matches; None where the pattern is not understood."""
    tree = _parsed(pattern)
    if tree is None:
        return None
    try:
        return "".join(_made(tree, rng, {}))
    except (_Unknown, RecursionError):
        return None


class _Unknown(Exception):  # noqa: N818
    """A construct that nothing can be made of."""


@lru_cache(maxsize=1024)
def _parsed(pattern: str) -> Any:
    if len(pattern) > LONGEST_PATTERN:
        return None
    try:
        return parser.parse(pattern.replace("\\/", "/").replace("\\-", "-"))
    except (re.error, OverflowError, RecursionError):
        return None


def _made(tree: Any, rng: random.Random, groups: dict[int, str]) -> list[str]:
    return [_one(op, given, rng, groups) for op, given in tree]


def _one(op: Any, given: Any, rng: random.Random, groups: dict[int, str]) -> str:
    if op is code.LITERAL:
        return chr(given)
    if op is code.ANY:
        return rng.choice(LETTERS)
    if op is code.NOT_LITERAL:
        return rng.choice([c for c in LETTERS if ord(c) != given])
    if op is code.IN:
        return _member(given, rng)
    if op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        least, most, inner = given
        times = rng.randint(least, min(int(most), max(least, least + 3)))
        return "".join("".join(_made(inner, rng, groups)) for _ in range(min(times, MOST_REPEATS)))
    if op is code.SUBPATTERN:
        made = "".join(_made(given[-1], rng, groups))
        groups[given[0]] = made
        return made
    return _other(op, given, rng, groups)


def _other(op: Any, given: Any, rng: random.Random, groups: dict[int, str]) -> str:
    if op is code.BRANCH:
        return "".join(_made(rng.choice(given[1]), rng, groups))
    if op is code.GROUPREF:
        return groups.get(given, "")
    if op is code.ATOMIC_GROUP:
        return "".join(_made(given, rng, groups))
    if op in (code.AT, code.ASSERT_NOT, code.ASSERT):
        return ""
    raise _Unknown(op)


def _member(choices: Any, rng: random.Random) -> str:
    if choices and choices[0][0] is code.NEGATE:
        banned = {letter for letter in LETTERS if _in(ord(letter), choices[1:])}
        return rng.choice([c for c in LETTERS + " -_." if c not in banned] or ["~"])
    op, given = rng.choice(choices)
    if op is code.RANGE:
        low, high = given
        return chr(rng.randint(low, min(high, max(low, 0x7E))))
    if op is code.LITERAL:
        return chr(given)
    if op is code.CATEGORY:
        return rng.choice(CATEGORIES.get(given, LETTERS))
    raise _Unknown(op)


def _in(point: int, choices: Any) -> bool:
    for op, given in choices:
        if op is code.LITERAL and given == point:
            return True
        if op is code.RANGE and given[0] <= point <= given[1]:
            return True
        if op is code.CATEGORY and chr(point) in CATEGORIES.get(given, ""):
            return True
    return False

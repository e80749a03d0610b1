"""Whether one regular expression matches all that another does, where that can be proved."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["contains"]

code: Any = import_module("re._constants")
parser: Any = import_module("re._parser")
LONGEST = 2000
MOST_LETTERS = 1200  # of a class: a class of all of Unicode is not worth comparing
CATEGORIES = {
    "CATEGORY_DIGIT": frozenset(range(48, 58)),
    "CATEGORY_WORD": frozenset((*range(48, 58), *range(65, 91), 95, *range(97, 123))),
    "CATEGORY_SPACE": frozenset((9, 10, 11, 12, 13, 32)),
}
ANYTHING = ("", ".*", "^.*", ".*$", "^")

Step = tuple[frozenset[int], int, int]  # letters, least, most


def contains(outer: str, inner: str) -> bool:
    """
    Whether every text that ``inner`` matches is matched by ``outer``; False where not proved.

    Understood are anchored sequences of letters, classes and repetitions, alternatives of such,
    and what matches anything. The rest is left to a witness.
    """
    if outer in ANYTHING:
        return True
    mine, yours = _alternatives(outer), _alternatives(inner)
    if mine is None or yours is None:
        return False
    return all(any(_holds(a, b) for a in mine) for b in yours)


def _holds(outer: list[Step], inner: list[Step]) -> bool:
    """Step by step: each class holds the other, and its counts enclose the other's."""
    if len(outer) == 1:
        letters, least, most = outer[0]
        inside = all(step[0] <= letters for step in inner)
        return inside and least <= sum(s[1] for s in inner) and sum(s[2] for s in inner) <= most
    return len(outer) == len(inner) and all(
        b[0] <= a[0] and a[1] <= b[1] and b[2] <= a[2] for a, b in zip(outer, inner, strict=True)
    )


def _alternatives(pattern: str) -> list[list[Step]] | None:
    """The sequences of an anchored pattern; None where it is not understood."""
    if len(pattern) > LONGEST:
        return None
    try:
        tree = list(parser.parse(pattern))
    except (ValueError, OverflowError, RecursionError, parser.error):
        return None
    if len(tree) < 2 or not _is_end(tree[0], "AT_BEGINNING") or not _is_end(tree[-1], "AT_END"):
        return None
    return _sequences(tree[1:-1])


def _is_end(item: Any, name: str) -> bool:
    return item[0] is code.AT and str(item[1]) == name


def _sequences(items: list[Any]) -> list[list[Step]] | None:
    if len(items) == 1:
        inner = _inside(items[0])
        if inner is not None:
            found: list[list[Step]] = []
            for branch in inner:
                sequences = _sequences(branch)
                if sequences is None:
                    return None
                found += sequences
            return found
    steps = [_step(item) for item in items]
    return None if any(s is None for s in steps) else [[s for s in steps if s is not None]]


def _inside(item: Any) -> list[list[Any]] | None:
    """The branches of a group or of an alternative; None where it is neither."""
    op, given = item
    if op is code.SUBPATTERN:
        return [list(given[-1])]
    if op is code.BRANCH:
        return [list(branch) for branch in given[1]]
    return None


def _step(item: Any) -> Step | None:
    op, given = item
    if op in (code.MAX_REPEAT, code.MIN_REPEAT):
        least, most, inner = given
        once = _step(inner[0]) if len(inner) == 1 else None
        unlimited = most is code.MAXREPEAT
        plain = once is not None and once[1:] == (1, 1)
        return (once[0], least, 10**9 if unlimited else most) if once and plain else None
    if op is code.SUBPATTERN and len(given[-1]) == 1:
        return _step(given[-1][0])
    letters = _letters(op, given)
    return None if letters is None else (letters, 1, 1)


def _letters(op: Any, given: Any) -> frozenset[int] | None:
    if op is code.LITERAL:
        return frozenset((given,))
    if op is not code.IN:
        return None
    found: set[int] = set()
    for kind, value in given:
        if kind is code.LITERAL:
            found.add(value)
        elif kind is code.RANGE and value[1] - value[0] <= MOST_LETTERS:
            found.update(range(value[0], value[1] + 1))
        elif kind is code.CATEGORY and str(value) in CATEGORIES:
            found |= CATEGORIES[str(value)]
        else:
            return None
    return frozenset(found)

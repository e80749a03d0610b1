"""Whether two columns say the same of the same rows, and how: the strongest hint there is."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct, field

from verifier.mapping.date_formats import date_form
from verifier.mapping.drafting.times import clock_of

__all__ = ["Agreement", "agreement"]

LEAST_ROWS = 5
LEAST_KINDS = 3
MOST_CHOICES = 30
ENOUGH = 0.6
TAIL = 8
# A row of a made-up or rounded amount may be off by as much.
TOLERANCE = Decimal("0.02")

Pairs = list[tuple[str, str]]


class Agreement(Struct, frozen=True, kw_only=True):
    """
    How two columns agree.

    Args:
        way: ``same``, ``spelling``, ``number``, ``scaled``, ``day``, ``later``, ``prefix``,
            ``tail`` (of a telephone number) or ``table``.
        share: Of the rows in which both have a value.
        factor: For ``scaled``: what the source's number is multiplied by.
        prefix: For ``prefix``: what stands before the source's value.
        form: For ``day`` and ``later``: how the source writes its dates.
        days: For ``later``: how many days later the target's is.
        rows: For ``table``: the source's value to the target's, with how often each was seen.
    """

    way: str
    share: float
    count: int
    factor: Decimal = Decimal(1)
    prefix: str = ""
    form: str = ""
    days: int = 0
    rows: tuple[tuple[str, str, int], ...] = field(default=())

    @property
    def says(self) -> str:
        """The same in words."""
        return f"they agree in {self.share:.0%} of {self.count} pairs of rows"


def agreement(one: Sequence[str | None], other: Sequence[str | None]) -> Agreement | None:
    """
    The way in which most rows agree; None where they do not, or are too few to tell.

    Args:
        one, other: Values of the same rows, the source's and the target's.
    """
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a and b]
    if len(pairs) < LEAST_ROWS or len({a for a, _ in pairs}) < 2:
        return None
    if len({a for a, _ in pairs}) >= LEAST_KINDS:
        for way in WAYS:
            found = way(pairs)
            if found is not None and found.share >= ENOUGH:
                return found
    return _table(pairs)


def _by(way: str, reduce: Callable[[str], Any]) -> Callable[[Pairs], Agreement | None]:
    def judge(pairs: Pairs) -> Agreement:
        reduced = [(reduce(a), reduce(b)) for a, b in pairs]
        equal = sum(a == b and a is not None for a, b in reduced)
        return Agreement(way=way, share=equal / len(pairs), count=len(pairs))

    return judge


def _spelling(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _tail(text: str) -> str | None:
    digits = "".join(letter for letter in text if letter.isdecimal())
    plain = all(letter.isdecimal() or letter in " +-()./" for letter in text)
    return digits[-TAIL:] if plain and len(digits) >= TAIL else None


def _scaled(pairs: Pairs) -> Agreement | None:
    numbers = [(_number(a), _number(b)) for a, b in pairs]
    factors = [b / a for a, b in numbers if a and b]
    if len(factors) < LEAST_ROWS:
        return None
    factor = sorted(factors)[len(factors) // 2]
    close = sum(abs(f / factor - 1) <= TOLERANCE for f in factors)
    nothing = sum(a == b == 0 for a, b in numbers)
    share = (close + nothing) / len(pairs)
    return Agreement(way="scaled", share=share, count=len(pairs), factor=factor)


def _prefix(pairs: Pairs) -> Agreement | None:
    before = Counter(b[: len(b) - len(a)] for a, b in pairs if b.endswith(a) and len(b) > len(a))
    if not before:
        return None
    (prefix, count), *_ = before.most_common(1)
    return Agreement(way="prefix", share=count / len(pairs), count=len(pairs), prefix=prefix)


def _day(pairs: Pairs) -> Agreement | None:
    """The form in which the source's dates are most often the target's days, or days before."""
    there = clock_of(b for _, b in pairs).forms
    best: Agreement | None = None
    for mine in clock_of(a for a, _ in pairs).forms if there else ():
        apart = Counter(_days_apart(mine, a, there[0], b) for a, b in pairs)
        (days, count), *_ = apart.most_common(1)
        if best is None or count / len(pairs) > best.share:
            way = "later" if days else "day"
            share = count / len(pairs)
            best = Agreement(way=way, share=share, count=len(pairs), form=mine, days=days)
    return best


def _days_apart(mine: str, one: str, theirs: str, other: str) -> int:
    days = [date_form(form).time(text).date() for form, text in ((mine, one), (theirs, other))]
    return (days[1] - days[0]).days


def _table(pairs: Pairs) -> Agreement | None:
    """A few values that stand for a few others, and better than by chance."""
    if not all(1 < len({pair[side] for pair in pairs}) <= MOST_CHOICES for side in (0, 1)):
        return None
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for a, b in pairs:
        seen[a][b] += 1
    rows = tuple((a, *counts.most_common(1)[0]) for a, counts in sorted(seen.items()))
    share = sum(count for _, _, count in rows) / len(pairs)
    by_chance = Counter(b for _, b in pairs).most_common(1)[0][1] / len(pairs)
    if share - by_chance < (1 - by_chance) * ENOUGH:
        return None
    return Agreement(way="table", share=share, count=len(pairs), rows=rows)


def _ways() -> Iterator[Callable[[Pairs], Agreement | None]]:
    yield _by("same", lambda text: text)
    yield _by("number", _number)
    yield _by("spelling", _spelling)
    yield _prefix
    yield _day
    yield _by("tail", _tail)
    yield _scaled


WAYS = tuple(_ways())

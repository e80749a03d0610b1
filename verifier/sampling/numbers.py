"""Numbers within bounds that look like what their name asks for."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping
from typing import Any

from verifier.sampling.names import words

__all__ = ["WIDE", "bounds", "number_maker"]

# Larger bounds are the width of a format rather than a wish of the author's.
WIDE = 2**31 - 1
USUAL: Mapping[str, tuple[float, float]] = {
    "page": (1, 3),
    "limit": (1, 20),
    "size": (1, 20),
    "offset": (0, 10),
    "quantity": (1, 5),
    "count": (1, 5),
    "year": (2026, 2028),
    "month": (1, 12),
    "day": (1, 28),
    "hour": (0, 23),
    "minute": (0, 59),
    "port": (1024, 9000),
    "percent": (1, 100),
    "percentage": (1, 100),
    "rate": (1, 20),
    "latitude": (47, 53),
    "longitude": (7, 14),
    "lat": (47, 53),
    "lon": (7, 14),
    "lng": (7, 14),
    "amount": (500, 50_000),
    "price": (500, 50_000),
    "total": (500, 50_000),
    "timestamp": (1_767_225_600, 1_798_761_600),
    "created": (1_767_225_600, 1_798_761_600),
    "expires": (1_798_761_600, 1_830_297_600),
}
MONEY = frozenset(("amount", "price", "total"))


def number_maker(
    node: Mapping[str, Any], name: str, *, whole: bool
) -> Callable[[random.Random], int | float]:
    """A function that draws a number for a schema; compiled once."""
    low, high = _wished(node, name, whole=whole)
    step = node.get("multipleOf")
    if step:
        return _stepped(low, high, step, whole=whole)
    if whole:
        first, last = math.ceil(low), math.floor(high)
        last = max(first, min(last, first + 1_000_000_000))
        return lambda rng: rng.randint(first, last)
    least, most = low, max(low, high)

    def made(rng: random.Random) -> float:
        value = least + (most - least) * rng.random()
        cents = round(value, 2)
        return cents if least < cents < most else value if least < value < most else least

    return made


def bounds(node: Mapping[str, Any], *, whole: bool) -> tuple[float | None, float | None]:
    """The least and the most that a schema allows; for whole numbers both are allowed ones."""
    low, above = node.get("minimum"), node.get("exclusiveMinimum")
    high, below = node.get("maximum"), node.get("exclusiveMaximum")
    if above is not None:
        nearest = math.floor(above) + 1 if whole else above
        low = nearest if low is None else max(low, nearest)
    if below is not None:
        nearest = math.ceil(below) - 1 if whole else below
        high = nearest if high is None else min(high, nearest)
    return low, high


def _wished(node: Mapping[str, Any], name: str, *, whole: bool) -> tuple[float, float]:
    least, most = bounds(node, whole=whole)
    low = least if least is not None and least > -WIDE else None
    high = most if most is not None and most < WIDE else None
    for word in reversed(words(name)):
        if word in USUAL:
            usual = USUAL[word]
            if word in MONEY and not whole:
                usual = (usual[0] / 100, usual[1] / 100)
            first = max(usual[0], low) if low is not None else usual[0]
            last = min(usual[1], high) if high is not None else usual[1]
            if first <= last:
                return first, last
    if low is None:
        low = 1 if high is None or high > 1 else high - 100
    return low, high if high is not None else low + 100


def _stepped(
    low: float, high: float, step: float, *, whole: bool
) -> Callable[[random.Random], int | float]:
    first = math.ceil(low / step)
    last = max(first, min(math.floor(high / step), first + 1000))
    if isinstance(step, int) or (whole and float(step).is_integer()):
        return lambda rng: rng.randint(first, last) * int(step)
    digits = max(0, -math.floor(math.log10(step)) + 2)
    return lambda rng: round(rng.randint(first, last) * step, digits)

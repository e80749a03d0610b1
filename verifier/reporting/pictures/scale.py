"""From values to places on an axis, with few round ticks."""

from __future__ import annotations

import math

from msgspec import Struct

from verifier.catalogue import Catalogue
from verifier.reporting.drawing import Label, Shape, Stroke

__all__ = ["Scale", "linear", "logarithmic", "ruled"]

MOST_TICKS = 8


class Scale(Struct, frozen=True):
    """
    An axis from ``least`` to ``most``, ``width`` long.

    Args:
        ticks: Round values on it, in order.
        powers: Whether equal lengths are equal ratios.
    """

    least: float
    most: float
    width: float
    ticks: tuple[float, ...]
    powers: bool = False

    def at(self, value: float) -> float:
        """Where a value stands, from 0; what lies outside stands at the end."""
        value = min(max(value, self.least), self.most)
        if self.powers:
            share = math.log(value / self.least) / math.log(self.most / self.least)
        else:
            share = (value - self.least) / (self.most - self.least)
        return round(share * self.width, 1)


def linear(most: float, width: float) -> Scale:
    """From 0 to a round number that holds the greatest value, with three to six ticks."""
    most = most if most > 0 and math.isfinite(most) else 1.0
    power = 10 ** math.floor(math.log10(most))
    step = next(s * power / 10 for s in (2, 5, 10, 20) if s * power / 10 * 5 >= most)
    count = math.ceil(most / step - 1e-9)
    ticks = tuple(float(f"{step * i:.6g}") for i in range(count + 1))
    return Scale(0.0, count * step, width, ticks)


def logarithmic(least: float, most: float, width: float) -> Scale:
    """From a round number below the least to one above the greatest; both over 0."""
    rounds = _rounds(least, most)
    low = max(r for r in rounds if r <= least * 1.0001)
    high = min(r for r in rounds if r >= most * 0.9999 and r > low)
    ticks = [r for r in rounds if low <= r <= high]
    if len(ticks) > MOST_TICKS:
        ticks = [t for t in ticks if t in (low, high) or _is_power(t)]
    return Scale(low, high, width, tuple(ticks), powers=True)


def _rounds(least: float, most: float) -> list[float]:
    """1, 2 and 5 of every power of ten around the values."""
    powers = range(math.floor(math.log10(least)) - 1, math.ceil(math.log10(most)) + 2)
    return [float(f"{m}e{power}") for power in powers for m in (1, 2, 5)]


def _is_power(value: float) -> bool:
    return f"{value:e}".startswith("1.000000e")


def ruled(
    scale: Scale, x: float, y: float, height: float, unit: str, say: Catalogue
) -> tuple[Shape, ...]:
    """Thin lines down from the ticks, their values below, the unit behind the last."""
    shapes: list[Shape] = []
    for index, tick in enumerate(scale.ticks):
        at = x + scale.at(tick)
        last = index == len(scale.ticks) - 1
        text = f"{say.plain(tick)} {unit}" if last and unit else say.plain(tick)
        shapes.append(Stroke(at, y, at, y + height, "grid"))
        shapes.append(Label(at, y + height + 15, text, "soft", "end" if last else "middle"))
    return tuple(shapes)

"""How numbers are rounded: the words of a contract, and what they mean."""

from __future__ import annotations

import decimal
from decimal import Context, Decimal

__all__ = ["MODES", "rounded"]

MODES = {
    "half_up": decimal.ROUND_HALF_UP,
    "half_even": decimal.ROUND_HALF_EVEN,
    "half_down": decimal.ROUND_HALF_DOWN,
    "down": decimal.ROUND_DOWN,
    "up": decimal.ROUND_UP,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
}
WIDE = {mode: Context(prec=400, rounding=word) for mode, word in MODES.items()}


def rounded(value: Decimal, places: int, mode: str) -> Decimal:
    """
    A number with so many places after the point.

    Args:
        mode: ``half_up`` takes half away from zero, as people do; see ``MODES``.

    Raises:
        decimal.InvalidOperation: It has more than some 400 digits.
    """
    return value.quantize(Decimal(1).scaleb(-places), context=WIDE[mode])

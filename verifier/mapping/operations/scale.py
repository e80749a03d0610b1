"""
Multiply a number by a fixed factor: ``{scale: {by: "0.45359237", to: kg}}``.

The factor is a decimal, and the product exact. ``to`` names the unit that comes out, for the
checks of meaning.
"""

from __future__ import annotations

from decimal import Context, Decimal

from verifier.loading.declaration import Member, Record, Text
from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]

EXACT = Context(prec=60)
FACTOR = Text(
    pattern=r"-?[0-9]*\.?[0-9]*[1-9][0-9]*\.?[0-9]*", wants='a decimal in quotes, such as "0.01"'
)
ARGUMENT = Record(
    {
        "by": Member(kind=FACTOR, says="The factor, a decimal in quotes.", required=True),
        "to": Member(kind=Text(), says="The unit of the product."),
    }
)


def _make(given: dict[str, str]) -> Step:
    factor = Decimal(given["by"])
    return lambda value: EXACT.multiply(Decimal(value), factor)


def _undo(given: dict[str, str]) -> Step:
    factor = Decimal(given["by"])
    return lambda value: EXACT.divide(Decimal(value), factor)


OPERATION = Operation(
    nature=Nature.INVERTIBLE,
    takes=("number",),
    gives="number",
    argument=ARGUMENT,
    needs_argument=True,
    make=_make,
    undo=_undo,
)

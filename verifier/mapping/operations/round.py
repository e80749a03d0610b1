"""
Round a number: ``{round: {places: 2, mode: half_up}}``.

``half_up`` takes half away from zero (2.5 to 3, -2.5 to -3), ``half_even`` to the even neighbour,
``half_down`` towards zero; ``down``, ``up``, ``floor`` and ``ceiling`` look at no half.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from verifier.loading.declaration import Choice, Member, Number, Record
from verifier.mapping.operations.operation import Nature, Operation, Step
from verifier.mapping.rounding import MODES, rounded
from verifier.mapping.trouble import Invalid

__all__ = ["OPERATION"]

ARGUMENT = Record(
    {
        "places": Member(
            kind=Number(least=0, whole=True), says="Digits after the point.", required=True
        ),
        "mode": Member(kind=Choice(tuple(MODES)), says="Which way half goes.", required=True),
    }
)


def _make(given: dict[str, Any]) -> Step:
    places, mode = given["places"], given["mode"]

    def step(value: Any) -> Decimal:
        try:
            return rounded(Decimal(value), places, mode)
        except InvalidOperation:
            raise Invalid("has too many digits to be rounded") from None

    return step


OPERATION = Operation(
    nature=Nature.LOSSY,
    takes=("number",),
    gives="number",
    argument=ARGUMENT,
    needs_argument=True,
    make=_make,
    reason="rounded",
)

"""
Make a full name of a given and a family name, in this order: ``combine: person_name``.

A part that is missing is left out. The way back takes a changed name apart by rule (see
``name_part``); a name that was not changed keeps the parts that it had.
"""

from __future__ import annotations

from collections.abc import Sequence

from verifier.loading.declaration import Choice
from verifier.mapping.naming import PersonName, full_name, split_name
from verifier.mapping.operations.combining.combination import Combination
from verifier.mapping.operations.operation import Nature

__all__ = ["COMBINATION"]

ORDERS = ("given_family", "family_given")


def _make(order: str | None) -> object:
    def step(parts: Sequence[str | None]) -> str:
        name = PersonName(parts[0] or "", parts[1] or "" if len(parts) > 1 else "")
        return full_name(name, order or ORDERS[0])

    return step


def _split(order: str | None, count: int) -> object:
    def step(text: str) -> Sequence[str | None]:
        name = split_name(text, order or ORDERS[0])
        return (name.given or None, name.family or None)[:count]

    return step


COMBINATION = Combination(
    nature=Nature.LOSSY,
    takes=("text",),
    gives="text",
    needs_all=False,
    argument=Choice(ORDERS),
    make=_make,  # type: ignore[arg-type]
    split=_split,  # type: ignore[arg-type]
)

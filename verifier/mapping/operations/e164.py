"""
Write a telephone number as E.164 does: ``{e164: FR}`` makes +33612345678 of 06 12 34 56 78.

The region says where a number without country code is dialled; without it such a number is
invalid. An extension is lost, since E.164 has no room for one.
"""

from __future__ import annotations

from verifier.loading.declaration import Text
from verifier.mapping.operations.operation import Nature, Operation, Step
from verifier.mapping.phones import read_phone

__all__ = ["OPERATION"]


def _make(region: str | None) -> Step:
    return lambda text: read_phone(text, region or "").e164


OPERATION = Operation(
    nature=Nature.NORMALISING,
    takes=("text",),
    gives="text",
    argument=Text(pattern="[A-Z]{2}", wants="a region such as FR"),
    make=_make,
)

"""
Write a value as another type: ``{cast: text}``, ``{cast: integer}``, ``{cast: number}``.

A text is a number only where it is written as JSON writes one, so ``1,5``, ``0017`` and ``ten`` are
invalid, and nothing is guessed. A number with a fraction is no integer: round it first.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from verifier.loading.declaration import Choice
from verifier.mapping.operations.operation import Nature, Operation, Step
from verifier.mapping.trouble import Invalid

__all__ = ["OPERATION", "gives"]

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
GIVES = {"text": "text", "integer": "number", "number": "number"}


def gives(argument: str) -> str:
    """The type of value that comes out."""
    return GIVES[argument]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _number(value: Any) -> Decimal:
    if isinstance(value, str):
        if len(value) > 400 or not NUMBER.fullmatch(value):
            raise Invalid("is no number as JSON writes one")
        return Decimal(value)
    return Decimal(int(value)) if isinstance(value, bool) else Decimal(value)


def _integer(value: Any) -> int:
    number = _number(value)
    if number != number.to_integral_value():
        raise Invalid("has a fraction")
    return int(number)


def _make(kind: str) -> Step:
    return {"text": _text, "integer": _integer, "number": _number}[kind]


OPERATION = Operation(
    nature=Nature.INVERTIBLE,
    takes=("text", "number", "boolean"),
    gives="any",
    argument=Choice(tuple(GIVES)),
    needs_argument=True,
    make=_make,
    undo=lambda kind: _number if kind == "text" else _text,
)

"""
A value without a declared meaning: it is what its schema says, and taken over as it is.

A value of another JSON type than the schema names is invalid: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from verifier.mapping.kinds.kind import Peer, ValueKind, Way, json_types
from verifier.mapping.nouns import Meaning
from verifier.mapping.shapes import Facts
from verifier.mapping.trouble import Invalid

__all__ = ["KIND", "number_writer", "type_of"]

NAMES = {"string": "text", "object": "object", "array": "list", "boolean": "truth value"}
PYTHON = {
    "string": (str,),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
    "number": (int, Decimal, float),
}


def type_of(value: Any) -> str:
    """The JSON type of a value; ``number`` for all numbers."""
    if isinstance(value, bool):
        return "boolean"
    for name, kinds in PYTHON.items():
        if isinstance(value, kinds):
            return name
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _parse(meaning: Meaning | None, facts: Facts, peer: Peer) -> Way:
    wanted = facts.types
    if not wanted:
        return lambda value, run: value
    integer = "integer" in wanted and "number" not in wanted
    allowed = tuple("number" if kind == "integer" else kind for kind in wanted)

    if allowed == ("string",):
        return _text
    if allowed == ("boolean",):
        return _truth

    def way(value: Any, run: Any) -> Any:
        found = type_of(value)
        if found not in allowed:
            raise Invalid(f"is a {NAMES.get(found, found)}, and should be {_listed(wanted)}")
        if integer and found == "number":
            return _whole(value)
        return value

    return way


def _text(value: Any, run: Any) -> Any:
    if isinstance(value, str):
        return value
    raise Invalid(f"is a {type_of(value)}, and should be a text")


def _truth(value: Any, run: Any) -> Any:
    if isinstance(value, bool):
        return value
    raise Invalid(f"is a {NAMES.get(type_of(value), type_of(value))}, and should be true or false")


def _whole(value: Any) -> int:
    if isinstance(value, int):
        return value
    if value != int(value):
        raise Invalid("has a fraction, and should be a whole number")
    return int(value)


def _listed(types: frozenset[str]) -> str:
    return " or ".join(f"a {NAMES.get(kind, kind)}" for kind in sorted(types))


def _write(meaning: Meaning | None, facts: Facts, peer: Peer) -> Way:
    integer = facts.allows("integer") and not facts.allows("number")

    def way(value: Any, run: Any) -> Any:
        if isinstance(value, str):
            return value
        if isinstance(value, date):
            return value.isoformat()
        if integer and isinstance(value, Decimal):
            return _whole(value)
        return value

    return way


def number_writer(facts: Facts) -> Callable[[Any], Any]:
    """
    Writes numbers as the schema of their field wants them: whole, with a fraction, or in a text.

    What it makes raises Invalid for a fraction where the field takes whole numbers only.
    """
    if facts.only == "string":
        return lambda value: format(Decimal(value), "f")
    if facts.allows("integer") and not facts.allows("number"):
        return _whole
    return lambda value: value


KIND = ValueKind(typed="any", parse=_parse, write=_write, types=json_types())

"""
Which keywords are kept when a schema is made standalone, and in what form they are usable.

Real documents carry malformed keywords (``required: true``, ``type: float``). One of them must not
cost the rest of its schema: it is left out, and named.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import jsonschema_rs

__all__ = [
    "BRANCHES",
    "FORMATS",
    "INNER",
    "MAPS",
    "PLAIN",
    "Unusable",
    "is_base64",
    "pattern_fault",
]

TYPES = frozenset({"null", "boolean", "object", "array", "number", "string", "integer"})
INNER = (
    "not",
    "if",
    "then",
    "else",
    "additionalProperties",
    "propertyNames",
    "contains",
    "unevaluatedItems",
    "unevaluatedProperties",
)
BRANCHES = ("allOf", "anyOf", "oneOf", "prefixItems")
MAPS = ("properties", "patternProperties", "dependentSchemas")

# Asserted where a schema names them; every other format is taken for documentation.
FORMATS = frozenset(
    {"date-time", "date", "email", "uuid", "uri", "ipv4", "ipv6", "hostname", "byte"}
    | {"int32", "int64"}
)


class Unusable(ValueError):  # noqa: N818
    """A keyword whose value means nothing; the message completes ``'type' ...``."""


def _number(value: Any) -> Any:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value == value:
        return value
    raise Unusable(f"is {_show(value)}, not a number")


def _factor(value: Any) -> Any:
    if _number(value) > 0:
        return value
    raise Unusable(f"is {_show(value)}, not above 0")


def _count(value: Any) -> int:
    if _number(value) >= 0 and value == int(value):
        return int(value)
    raise Unusable(f"is {_show(value)}, not a count")


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Unusable(f"is {_show(value)}, neither true nor false")


def _names(value: Any) -> list[str]:
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return list(dict.fromkeys(value))
    raise Unusable(f"is {_show(value)}, not a list of names")


def _options(value: Any) -> list[Any]:
    if isinstance(value, list) and value:
        return value
    raise Unusable(f"is {_show(value)}, not a list of values")


def _dependent(value: Any) -> dict[str, list[str]]:
    if isinstance(value, Mapping):
        return {str(name): _names(names) for name, names in value.items()}
    raise Unusable(f"is {_show(value)}, not an object")


def _types(value: Any) -> Any:
    if isinstance(value, str) and value in TYPES:
        return value
    if isinstance(value, list) and value and all(kind in TYPES for kind in value):
        return list(dict.fromkeys(value))
    raise Unusable(f"is {_show(value)}, which is no type of JSON Schema")


def _pattern(value: Any) -> str:
    if not isinstance(value, str):
        raise Unusable(f"is {_show(value)}, not an expression")
    fault = pattern_fault(value)
    if fault:
        raise Unusable(f"{_show(value)} {fault}")
    return value


def _same(value: Any) -> Any:
    return value


PLAIN: dict[str, Callable[[Any], Any]] = {
    "type": _types,
    "enum": _options,
    "const": _same,
    "required": _names,
    "pattern": _pattern,
    "multipleOf": _factor,
    "minimum": _number,
    "maximum": _number,
    "exclusiveMinimum": _number,
    "exclusiveMaximum": _number,
    "uniqueItems": _flag,
    "dependentRequired": _dependent,
    "minLength": _count,
    "maxLength": _count,
    "minItems": _count,
    "maxItems": _count,
    "minProperties": _count,
    "maxProperties": _count,
    "minContains": _count,
    "maxContains": _count,
}


@functools.lru_cache(maxsize=4096)
def pattern_fault(pattern: str) -> str:
    """Why the engine cannot use an expression; empty where it can."""
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=REGEX)
    except ValueError:
        return "is no expression that the checking engine understands"
    return ""


# Look-around needs the backtracking engine; the limit bounds what a hostile expression can cost.
REGEX = jsonschema_rs.FancyRegexOptions(backtrack_limit=100_000)


def is_base64(value: str) -> bool:
    """Whether a text is base64 (RFC 4648, 4), line breaks allowed as MIME does."""
    text = value.replace("\r", "").replace("\n", "")
    body = text.rstrip("=")
    known = (body.isascii() and body.replace("+", "").replace("/", "").isalnum()) or not body
    return known and len(text) % 4 == 0 and len(text) - len(body) <= 2


def _show(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."

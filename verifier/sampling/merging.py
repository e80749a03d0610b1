"""Two schemas at once, written as one as far as that goes; the validator has the last word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["merged"]

NUMBERS = frozenset(("integer", "number"))


def merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """A schema for what obeys both; hints of the first win."""
    whole = dict(first)
    for key, value in second.items():
        if key not in whole:
            whole[key] = value
        elif whole[key] != value:
            whole[key] = _RULES.get(key, _first)(whole[key], value)
    return whole


def _first(held: Any, value: Any) -> Any:
    return held


def _members(held: Any, value: Any) -> Any:
    if not isinstance(held, Mapping) or not isinstance(value, Mapping):
        return held
    both = {name: _schemas(held[name], value[name]) for name in held if name in value}
    return {**held, **value, **both}


def _schemas(held: Any, value: Any) -> Any:
    """Both, put off until it is looked at."""
    if held == value or value is True:
        return held
    if held is True:
        return value
    return False if False in (held, value) else {"allOf": [held, value]}


def _names(held: Any, value: Any) -> Any:
    return [*held, *(name for name in value if name not in held)]


def _choices(held: Any, value: Any) -> Any:
    kept = [one for one in held if _among(one, value)]
    return kept or held


def _among(one: Any, choices: Any) -> bool:
    return any(type(one) is type(other) and one == other for other in choices)


def _kinds(held: Any, value: Any) -> Any:
    mine, theirs = _listed(held), _listed(value)
    kept = [kind for kind in mine if kind in theirs]
    crossed = ("integer" in mine and "number" in theirs) or (
        "number" in mine and "integer" in theirs
    )
    if crossed:
        kept = list(dict.fromkeys([*(k for k in kept if k != "number"), "integer"]))
    return kept or held


def _listed(kinds: Any) -> list[Any]:
    return kinds if isinstance(kinds, list) else [kinds]


def _either(held: Any, value: Any) -> Any:
    return held or value


def _branches(held: Any, value: Any) -> Any:
    """One of each: every pair of branches, as long as that stays small."""
    if len(held) * len(value) > 64:
        return held
    return [_schemas(mine, theirs) for mine in held for theirs in value]


_RULES: dict[str, Callable[[Any, Any], Any]] = {
    "properties": _members,
    "patternProperties": _members,
    "required": _names,
    "enum": _choices,
    "type": _kinds,
    "items": _schemas,
    "additionalProperties": _schemas,
    "propertyNames": _schemas,
    "anyOf": _branches,
    "oneOf": _branches,
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"), min),
    **dict.fromkeys(("uniqueItems", "deprecated"), _either),
}

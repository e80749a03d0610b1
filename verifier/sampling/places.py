"""Values looked up, replaced and left out by JSON pointer; nothing is changed in place."""

from __future__ import annotations

from typing import Any

from verifier.model import unescape

__all__ = ["found", "placed", "without"]


def found(value: Any, pointer: str) -> Any:
    """The value at a pointer; LookupError where there is none."""
    for token in pointer.split("/")[1:]:
        if isinstance(value, list):
            value = value[int(token)]
        elif isinstance(value, dict):
            value = value[unescape(token)]
        else:
            raise LookupError(pointer)
    return value


def placed(value: Any, pointer: str, new: Any) -> Any:
    """The value with another one at a pointer; a missing member is added."""
    if not pointer:
        return new
    token, slash, rest = pointer[1:].partition("/")
    if isinstance(value, list):
        index = int(token)
        return [*value[:index], placed(value[index], slash + rest, new), *value[index + 1 :]]
    name = unescape(token)
    return {**value, name: placed(value.get(name), slash + rest, new)}


def without(value: Any, pointer: str) -> Any:
    """The value without what stands at a pointer."""
    token, slash, rest = pointer[1:].partition("/")
    if isinstance(value, list):
        index = int(token)
        kept = [without(value[index], slash + rest)] if slash else []
        return [*value[:index], *kept, *value[index + 1 :]]
    name = unescape(token)
    if slash:
        return {**value, name: without(value[name], slash + rest)}
    return {key: member for key, member in value.items() if key != name}

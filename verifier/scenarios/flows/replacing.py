"""Values put into a payload at the places that its author names."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from verifier.model.place import unescape
from verifier.scenarios.criteria import paths, xml
from verifier.scenarios.expressions import written

__all__ = ["CannotReplace", "replaced", "replaced_xml"]


class CannotReplace(ValueError):  # noqa: N818
    """The place does not exist in the payload."""


def replaced(payload: Any, target: str, kind: str, version: str, value: Any) -> Any:
    """
    A copy of a payload with a value at a place.

    Args:
        kind: ``jsonpointer`` or ``jsonpath``.

    Raises:
        CannotReplace: Nothing stands there that could hold it.
    """
    made = copy.deepcopy(payload)
    if kind == "jsonpath":
        try:
            found = paths.locations(target, made, version or paths.RFC)
        except paths.BadPath as error:
            raise CannotReplace(str(error)) from None
        if not found:
            raise CannotReplace(f"{target} selects nothing in the payload")
        for location in found:
            made = _put(made, [str(part) for part in location], value, target)
        return made
    if target and not target.startswith("/"):
        raise CannotReplace(f"'{target}' is no JSON pointer: it starts with a slash")
    return _put(made, [unescape(token) for token in target.split("/")[1:]], value, target)


def _put(payload: Any, tokens: Sequence[str], value: Any, target: str) -> Any:
    if not tokens:
        return value
    holder = payload
    for token in tokens[:-1]:
        holder = _inside(holder, token, target)
    last = tokens[-1]
    if isinstance(holder, dict):
        holder[last] = value
    elif isinstance(holder, list) and last == "-":
        holder.append(value)
    elif isinstance(holder, list) and last.isdecimal() and int(last) < len(holder):
        holder[int(last)] = value
    else:
        raise CannotReplace(f"'{target}' leads to nothing in the payload")
    return payload


def _inside(holder: Any, token: str, target: str) -> Any:
    if isinstance(holder, dict) and token in holder:
        return holder[token]
    if isinstance(holder, list) and token.isdecimal() and int(token) < len(holder):
        return holder[int(token)]
    raise CannotReplace(f"'{target}' leads to nothing in the payload")


def replaced_xml(payload: str, target: str, version: str, value: Any) -> str:
    """
    An XML text with a value in the elements or attributes that an XPath selects.

    Raises:
        CannotReplace: The payload is no XML, or nothing in it is selected.
    """
    try:
        tree = xml.read_xml(payload)
        found = xml.put(target, tree, written(value), version or xml.DEFAULT)
    except (xml.BadXml, xml.BadXPath) as error:
        raise CannotReplace(str(error)) from None
    if not found:
        raise CannotReplace(f"{target} selects nothing in the payload")
    return xml.as_text(tree)

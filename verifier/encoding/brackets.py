"""
Nested values as bracketed names: ``card[address][city]=Bern``, ``items[0][price]=5``.

OpenAPI defines ``deepObject`` for one level only; vendors (Stripe and whatever runs on PHP or
Rails) nest it. Members of arrays carry their index, the one spelling that keeps arrays of objects
apart; when read, ``items[]=a`` is understood as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from verifier.encoding.scalars import text

__all__ = ["flatten", "split_name", "unflatten"]

_NAME = re.compile(r"([^\[\]]*)((?:\[[^\[\]]*\])*)")
_KEY = re.compile(r"\[([^\[\]]*)\]")
DEEPEST = 32
LONGEST_LIST = 1000


def flatten(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """
    Every leaf of a value with its bracketed name, neither of them percent-encoded.

    Empty arrays and objects have no leaves and therefore vanish: the style cannot say them.
    """
    if isinstance(value, dict):
        for key, member in value.items():
            yield from flatten(f"{name}[{key}]", member)
    elif isinstance(value, (list, tuple)):
        for index, member in enumerate(value):
            yield from flatten(f"{name}[{index}]", member)
    else:
        yield name, text(value)


def split_name(name: str) -> tuple[str, tuple[str, ...]]:
    """``a[b][0]`` as ``("a", ("b", "0"))``; a name that is no such spelling stays whole."""
    found = _NAME.fullmatch(name)
    if not found or not found.group(2):
        return name, ()
    keys = tuple(_KEY.findall(found.group(2)))
    return (found.group(1), keys) if len(keys) <= DEEPEST else (name, ())


def unflatten(leaves: Iterable[tuple[tuple[str, ...], str]]) -> Any:
    """
    The value whose leaves these are: texts in dictionaries and lists.

    Keys that count ``0, 1, 2 ...`` (or are empty, ``[]``) make a list. A leaf that contradicts an
    earlier one is kept under the first free number rather than lost.
    """
    root: dict[str, Any] = {}
    for keys, leaf in leaves:
        node = root
        for key in keys[:-1]:
            inner = node.setdefault(key or str(len(node)), {})
            if not isinstance(inner, dict):
                inner = {"": inner}
                node[key] = inner
            node = inner
        last = keys[-1] if keys else ""
        node[last if last and last not in node else _free(node)] = leaf
    return _lists(root)


def _free(node: dict[str, Any]) -> str:
    number = len(node)
    while str(number) in node:
        number += 1
    return str(number)


def _lists(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    inner = {key: _lists(member) for key, member in node.items()}
    if inner and len(inner) <= LONGEST_LIST and set(inner) == {str(i) for i in range(len(inner))}:
        return [inner[str(i)] for i in range(len(inner))]
    return inner

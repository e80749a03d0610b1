"""New members over old ones, as far as the result is still a thing of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mocking.acting.shop import Shop
from verifier.mocking.kinds import Kind
from verifier.mocking.molds import Mold
from verifier.mocking.stamps import is_change, stamp
from verifier.mocking.state import Row

__all__ = ["merged", "settle"]

DEEPEST = 32


def settle(
    shop: Shop, kind: Kind, row: Row, given: Mapping[str, Any], *, deep: bool = False
) -> None:
    """
    Give a row new members.

    Args:
        deep: Whether objects are merged member by member, null removing (RFC 7396).
    """
    mold = shop.making.mold(kind)
    value = dict(row.value)
    for name, new in given.items():
        if mold is None or not mold.known or name in mold.known:
            value = _with(mold, value, name, _told(value.get(name), new, deep=deep))
    for name in value:
        if mold is not None and name in mold.known and is_change(name) and name not in given:
            moved = stamp(mold.known[name], shop.now())
            value = _with(mold, value, name, moved) if moved is not None else value
    shop.state.change(row, value)


def _told(old: Any, new: Any, *, deep: bool) -> Any:
    both = isinstance(old, Mapping) and isinstance(new, Mapping)
    return merged(old, new, 0) if deep and both else new


def merged(old: Mapping[str, Any], new: Mapping[str, Any], depth: int) -> dict[str, Any]:
    """An object with another merged into it (RFC 7396)."""
    made = dict(old)
    for name, value in new.items():
        if value is None:
            made.pop(name, None)
        elif isinstance(value, Mapping) and isinstance(made.get(name), Mapping) and depth < DEEPEST:
            made[name] = merged(made[name], value, depth + 1)
        else:
            made[name] = value
    return made


def _with(mold: Mold | None, value: dict[str, Any], name: str, new: Any) -> dict[str, Any]:
    """A value with a member changed, or as it was where that breaks its schema."""
    changed = {**value, name: new}
    if mold is None or mold.accepts(changed):
        return changed
    if new is None:
        less = {k: v for k, v in value.items() if k != name}
        return less if mold.accepts(less) else value
    changed = {**value, name: mold.completed(name, new, value.get(name))}
    return changed if mold.accepts(changed) else value

"""Which of the given members are written, and which are the vendor's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked

__all__ = ["given_things", "writable"]


def given_things(asked: Asked) -> list[Mapping[str, Any]]:
    """The things in a body, taken out of their envelope."""
    found = asked.practice.body.found_in(asked.draft.body)
    return [thing for thing in found if isinstance(thing, Mapping)]


def writable(shop: Shop, asked: Asked, thing: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, without what only the vendor writes."""
    kind = asked.practice.kind
    if shop.hooks.any("writes_read_only", asked):
        own = kind.id_path[0] if kind is not None and kind.id_path else ""
        return {name: value for name, value in thing.items() if name != own}
    sealed = asked.practice.sealed
    mold = shop.making.mold(kind) if kind is not None else None
    ours = {name: value for name, value in thing.items() if name not in sealed}
    if mold is None or not mold.known:
        return ours
    told = mold.renamed(ours)
    return {name: value for name, value in told.items() if name not in mold.sealed}

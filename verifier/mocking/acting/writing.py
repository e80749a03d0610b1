"""Which of the given members are written, and which are the vendor's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked
from verifier.mocking.stamps import is_stamp

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
    # What the request's own schema lets everybody write is theirs, whatever the answer's says; but
    # how a thing is called, and when it was made, the vendor says.
    theirs = mold.renamed(dict.fromkeys(asked.practice.given)).keys()
    own = kind.id_path[0] if kind is not None and kind.id_path else ""
    ruled = {n for n in mold.sealed if n not in theirs or n == own or is_stamp(n)}
    return {name: value for name, value in mold.renamed(ours).items() if name not in ruled}

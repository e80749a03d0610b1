"""Which of the given members are written, and which are the vendor's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked
from verifier.mocking.kinds import Kind
from verifier.mocking.molds import Mold
from verifier.mocking.practice import Practice
from verifier.mocking.stamps import is_stamp

__all__ = ["given_things", "writable"]


def given_things(asked: Asked) -> list[Mapping[str, Any]]:
    """The things in a body, taken out of their envelope."""
    found = asked.practice.body.found_in(asked.draft.body)
    return [thing for thing in found if isinstance(thing, (dict, Mapping))]


def writable(shop: Shop, asked: Asked, thing: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, without what only the vendor writes."""
    kind = asked.practice.kind
    if shop.hooks.any("writes_read_only", asked):
        own = kind.id_path[0] if kind is not None and kind.id_path else ""
        return {name: value for name, value in thing.items() if name != own}
    sealed = asked.practice.sealed
    mold = shop.making.mold(kind) if kind is not None else None
    ours = {name: value for name, value in thing.items() if name not in sealed}
    if kind is None or mold is None or not mold.known:
        return ours
    ruled = shop.ruled.get(asked.operation.key)
    if ruled is None:
        ruled = shop.ruled[asked.operation.key] = _ruled(asked.practice, kind, mold)
    return {name: value for name, value in mold.renamed(ours).items() if name not in ruled}


def _ruled(practice: Practice, kind: Kind, mold: Mold) -> frozenset[str]:
    """
    The members that the vendor says. What the request's own schema lets everybody write is theirs,
    whatever the answer's says; but not how a thing is called, and when it was made.
    """
    theirs = mold.renamed(dict.fromkeys(practice.given)).keys()
    own = kind.id_path[0] if kind.id_path else ""
    return frozenset(n for n in mold.sealed if n not in theirs or n == own or is_stamp(n))

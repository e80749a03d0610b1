"""A thing goes."""

from __future__ import annotations

from verifier.mocking.acting.preconditions import stale
from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked
from verifier.mocking.kinds import Kind
from verifier.mocking.outcome import Shown
from verifier.mocking.refusal import Refusal

__all__ = ["remove"]


def remove(shop: Shop, asked: Asked, kind: Kind) -> Shown | Refusal:
    """Forget a thing."""
    row = shop.find(asked, kind)
    if row is None:
        return shop.gone(kind)
    refused = stale(asked, row)
    if refused is not None:
        return refused
    if not shop.hooks.any("forgets", asked):
        shop.state.remove(row)
    return Shown(rows=(row,), gone=True)

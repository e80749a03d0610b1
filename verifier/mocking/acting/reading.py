"""A thing is told."""

from __future__ import annotations

from verifier.mocking.acting.preconditions import has_it
from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked
from verifier.mocking.kinds import Kind
from verifier.mocking.outcome import Shown, Unchanged
from verifier.mocking.refusal import Refusal

__all__ = ["read"]


def read(shop: Shop, asked: Asked, kind: Kind) -> Shown | Unchanged | Refusal:
    """Tell a thing, where the asker does not have it already."""
    row = shop.find(asked, kind)
    if row is None:
        return shop.gone(kind)
    if asked.practice.tagged and has_it(asked, row):
        return Unchanged(row=row)
    return Shown(rows=(row,))

"""A thing is told."""

from __future__ import annotations

from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked
from verifier.mocking.outcome import Shown, Unchanged
from verifier.mocking.refusal import Refusal
from verifier.model import Resource

__all__ = ["read"]


def read(shop: Shop, asked: Asked, resource: Resource) -> Shown | Unchanged | Refusal:
    """Tell a thing, where the asker does not have it already."""
    row = shop.find(asked, resource)
    if row is None:
        return shop.gone(resource)
    if asked.practice.tagged and asked.incoming.header("if-none-match") == row.etag:
        return Unchanged(row=row)
    return Shown(row=row)

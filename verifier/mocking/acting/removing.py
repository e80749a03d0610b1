"""A thing goes."""

from __future__ import annotations

from verifier.mocking.acting.changing import stale
from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked
from verifier.mocking.outcome import Shown
from verifier.mocking.refusal import Refusal
from verifier.model import Resource

__all__ = ["remove"]


def remove(shop: Shop, asked: Asked, resource: Resource) -> Shown | Refusal:
    """Forget a thing."""
    row = shop.find(asked, resource)
    if row is None:
        return shop.gone(resource)
    refused = stale(asked, row)
    if refused is not None:
        return refused
    if not shop.hooks.any("forgets", asked):
        shop.state.remove(row)
    return Shown(row=row, gone=True)

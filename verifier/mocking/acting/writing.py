"""Which of the given members are written, and which are the vendor's own."""

from __future__ import annotations

from typing import Any

from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked
from verifier.mocking.representing import body_members, is_read_only, members

__all__ = ["writable"]


def writable(shop: Shop, asked: Asked) -> dict[str, Any]:
    """What was given, without what only the vendor writes."""
    if shop.hooks.any("writes_read_only", asked):
        own = asked.resource.id_field if asked.resource else ""
        return {name: value for name, value in asked.body.items() if name != own}
    sent = body_members(asked.operation)
    shown = members(asked.practice.item)
    return {
        name: value
        for name, value in asked.body.items()
        if not is_read_only(sent.get(name)) and not is_read_only(shown.get(name))
    }

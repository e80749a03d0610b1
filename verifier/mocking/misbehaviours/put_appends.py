"""Replacing an item with the same value twice is not the same as once: lists and texts grow.

Imitates "upsert" code that merges where it should replace.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from verifier.mocking.asked import Asked
from verifier.mocking.insight import Insight

__all__ = ["begin"]

PLAIN = ("note", "notes", "description", "memo", "comment", "title", "name", "reference")


class Merger(Struct, frozen=True):
    """Knows what was there before."""

    vendor: Insight

    def stored(self, asked: Asked, given: dict[str, Any]) -> dict[str, Any]:
        """What is given comes behind what is there."""
        resource = asked.resource
        if asked.role != "replace" or resource is None:
            return given
        row = self.vendor.state.get(resource.name, asked.id, asked.caller.tenant)
        if row is None:
            return given
        return {name: _joined(name, row.value.get(name), new) for name, new in given.items()}


def _joined(name: str, old: Any, new: Any) -> Any:
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *new]
    if name in PLAIN and isinstance(old, str) and isinstance(new, str) and old:
        return f"{old} {new}"
    return new


def begin(vendor: Insight) -> Merger:
    """With a look at the vendor's state."""
    return Merger(vendor)

"""Lists show items as they were when they were created.

Imitates a search index that is filled on creation and never again.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from verifier.mocking.asked import Asked

__all__ = ["begin"]

MOST = 10_000


class Index(Struct):
    """The first value of each item, by its id."""

    first: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def shown(self, asked: Asked, value: dict[str, Any]) -> dict[str, Any]:
        """A list tells what was first told."""
        if asked.resource is None:
            return value
        key = asked.resource.name, str(value.get(asked.resource.id_field))
        if asked.role in ("list", "search"):
            return self.first.get(key, value)
        if len(self.first) < MOST:
            self.first.setdefault(key, value)
        return value


def begin(vendor: object) -> Index:
    """With nothing indexed."""
    return Index()

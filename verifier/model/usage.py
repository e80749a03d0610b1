"""What of a vendor's API is used: by recorded traffic, scenarios, mappings, or a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from msgspec import Struct, field

__all__ = ["Usage", "UsageSource", "Used"]


class Used(Struct, frozen=True, kw_only=True):
    """
    What is used of one operation; members as ``data[].price``.

    Args:
        sent: Members of bodies, and parameters as ``query limit``; None where not known.
        received: Members of answers; None where not known.
    """

    sent: frozenset[str] | None = None
    received: frozenset[str] | None = None


class Usage(Struct, frozen=True, kw_only=True):
    """
    Operations that are used, by their key.

    Args:
        sources: Where it is known from, for people.
    """

    operations: Mapping[str, Used] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    def merged(self, other: Usage) -> Usage:
        """Both together; what one of them does not know is not known."""
        found = dict(self.operations)
        for key, used in other.operations.items():
            known = found.get(key)
            found[key] = used if known is None else _both(known, used)
        return Usage(operations=found, sources=(*self.sources, *other.sources))


def _both(one: Used, other: Used) -> Used:
    return Used(sent=_union(one.sent, other.sent), received=_union(one.received, other.received))


def _union(one: frozenset[str] | None, other: Iterable[str] | None) -> frozenset[str] | None:
    return None if one is None or other is None else one | frozenset(other)


class UsageSource(Protocol):
    """Whoever knows what is used: a recorded run, scenarios, mappings."""

    def usage(self) -> Usage:
        """What is known."""

"""What the calm episode showed of an integration; the others aim by it."""

from __future__ import annotations

from msgspec import Struct

from verifier.rehearsing.performance import Performance

__all__ = ["Known"]


class Known(Struct, frozen=True, kw_only=True):
    """
    What it asks for.

    Args:
        writes: Operations that took effect, the expected ones first.
        reads: Operations that only read, lists first.
        paged: Lists of which it asked for more than one page.
        tokens: Whether it asked the token endpoint.
    """

    calm: Performance
    writes: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    paged: tuple[str, ...] = ()
    tokens: bool = False

    @property
    def target(self) -> str:
        """The operation whose failure matters most; empty where it asked nothing."""
        return next(iter((*self.writes, *self.reads)), "")

    def calm_requests(self, operation: str) -> int:
        """How many requests of an operation the calm episode saw."""
        return sum(operation in (e.operation_id, e.operation) for e in self.calm.entries)

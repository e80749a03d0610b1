"""What the calm episode showed of an integration; the others aim by it."""

from __future__ import annotations

from dataclasses import dataclass

from verifier.rehearsing.performance import Performance

__all__ = ["Known"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """
    What it asks for.

    Args:
        writes: Operations that took effect, the expected ones first.
        reads: Operations that only read, lists first.
        lists: Those of them that give pages.
        tokens: Whether it asked the token endpoint.
    """

    calm: Performance
    writes: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    tokens: bool = False

    @property
    def target(self) -> str:
        """The operation whose failure matters most; empty where it asked nothing."""
        return next(iter((*self.writes, *self.reads)), "")

"""Reads show how things were a while ago.

Imitates replicas that lag behind. What was just created is not found, what was changed is shown as
it was, and what was deleted is still there.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from verifier.mocking.fault import Play, bounded

__all__ = ["Options", "within"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    How far behind.

    Args:
        seconds: By the mock's clock.
    """

    seconds: float = bounded(60.0, most=1_000_000)


def within(play: Play) -> AbstractContextManager[None]:
    """Look at an earlier moment."""
    if play.turn.incoming.method not in ("GET", "HEAD"):
        return nullcontext()
    return play.state.rewound(play.clock.now() - play.options.seconds)

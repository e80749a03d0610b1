"""A change is applied though it was made against an older version.

Imitates If-Match headers that nobody looks at (RFC 9110, 13.1.1).
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.turn import Turn

__all__ = ["before_act"]

CONDITIONS = frozenset({"if-match", "if-unmodified-since"})


def before_act(turn: Turn) -> None:
    """The precondition is not seen."""
    if turn.asked is not None:
        seen = turn.asked.incoming
        headers = tuple(h for h in seen.headers if h[0].lower() not in CONDITIONS)
        turn.asked = replace(turn.asked, incoming=replace(seen, headers=headers))

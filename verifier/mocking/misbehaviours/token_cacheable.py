"""Answers of the token endpoint may be kept by caches.

Imitates a token endpoint behind a gateway that sets its own Cache-Control (RFC 6749, 5.1).
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.turn import Turn

__all__ = ["after_complete"]


def after_complete(turn: Turn) -> None:
    """A token is good for caching."""
    answer = turn.answer
    if answer is None or b'"access_token"' not in answer.body:
        return
    kept = tuple(h for h in answer.headers if h[0].lower() not in ("cache-control", "pragma"))
    headers = (*kept, ("Cache-Control", "public, max-age=300"))
    turn.answer = replace(answer, headers=headers)

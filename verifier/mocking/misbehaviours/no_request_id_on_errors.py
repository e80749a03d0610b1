"""Errors carry no request id, successes do.

Imitates middleware that an exception jumps over.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["answered"]


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """The id is taken away where it is needed most."""
    if answer.status < 400:
        return answer
    kept = tuple(h for h in answer.headers if "request-id" not in h[0].lower())
    return replace(answer, headers=kept)

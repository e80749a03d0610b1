"""A refusal does not say which credential is wanted.

Imitates gateways that answer a bare 401.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["answered"]


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """The challenge is taken away."""
    kept = tuple(h for h in answer.headers if h[0].lower() != "www-authenticate")
    return replace(answer, headers=kept)

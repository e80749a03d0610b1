"""A documented required header is left out of successes.

Imitates caches that strip headers which they do not know.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["answered"]


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """Required headers of a success are taken away."""
    spec = asked.operation.response(answer.status) if asked else None
    if spec is None or answer.status >= 300:
        return answer
    gone = {h.name.lower() for h in spec.headers if h.required and "request" not in h.name.lower()}
    return replace(answer, headers=tuple(h for h in answer.headers if h[0].lower() not in gone))

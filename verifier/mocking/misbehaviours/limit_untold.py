"""No answer says how much of the limit is left.

Imitates limits that are kept by a gateway in front, of which the API knows nothing.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.mocking.limits.telling import is_limit
from verifier.wire import Answer

__all__ = ["answered"]


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """The headers that would tell it are taken away."""
    return replace(answer, headers=tuple(h for h in answer.headers if not is_limit(h[0])))

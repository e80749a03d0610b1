"""HEAD does not find what GET finds.

Imitates routers in which HEAD was never registered for some paths.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["answered"]


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """HEAD is answered with 404."""
    is_head = asked is not None and asked.incoming.method == "HEAD"
    return replace(answer, status=404) if is_head and answer.status < 300 else answer

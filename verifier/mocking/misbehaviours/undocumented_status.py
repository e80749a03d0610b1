"""Lists are answered with a status that the document does not list.

Imitates gateways that rewrite 200 into 203 or 206.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["answered"]


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """A list comes as 203."""
    wrong = asked is not None and asked.role == "list" and answer.status == 200
    return replace(answer, status=203) if wrong else answer

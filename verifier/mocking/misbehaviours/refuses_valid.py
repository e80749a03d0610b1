"""Creations are refused unless they say more than the document asks for.

Imitates business rules that never made it into the document.
"""

from __future__ import annotations

from verifier.mocking.asked import Asked
from verifier.wire import Answer

WANTED = frozenset({"description", "note", "reference", "metadata", "external_id"})

__all__ = ["instead"]


def instead(asked: Asked | None) -> Answer | None:
    """A body without a description, note or reference is refused."""
    if asked is None or asked.role != "create" or WANTED & asked.body.keys():
        return None
    body = b'{"type": "about:blank", "title": "Unprocessable", "status": 422, "code": "rule"}'
    return Answer(status=422, headers=(("Content-Type", "application/problem+json"),), body=body)

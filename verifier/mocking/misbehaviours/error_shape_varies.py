"""Refusals of credentials have a shape of their own.

Imitates a gateway with its own errors in front of the service.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["answered"]


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """A 401 has one member that no other error has."""
    if answer.status != 401:
        return answer
    kept = tuple(h for h in answer.headers if h[0].lower() != "content-type")
    headers = (("Content-Type", "application/json"), *kept)
    return replace(answer, headers=headers, body=b'{"fault": {"faultstring": "Invalid token"}}')

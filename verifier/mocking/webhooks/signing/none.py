"""Not signed at all."""

from __future__ import annotations

from verifier.mocking.webhooks.message import Message
from verifier.model import Headers

__all__ = ["secret", "sign"]


def sign(message: Message, now: float, header: str) -> Headers:
    """Nothing."""
    return ()


def secret(digest: bytes) -> str:
    """None is needed."""
    return ""

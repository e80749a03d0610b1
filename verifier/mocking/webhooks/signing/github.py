"""GitHub: ``sha256=`` and HMAC-SHA256 of the body, hexadecimal; no timestamp."""

from __future__ import annotations

import hashlib
import hmac

from verifier.mocking.webhooks.message import Message
from verifier.model import Headers

__all__ = ["secret", "sign"]


def sign(message: Message, now: float, header: str) -> Headers:
    """The event's name and the delivery's id are beside it."""
    digest = hmac.new(message.secret.encode(), message.body, hashlib.sha256).hexdigest()
    return (
        ("X-GitHub-Event", message.event.partition(".")[0]),
        ("X-GitHub-Delivery", message.id),
        (header or "X-Hub-Signature-256", f"sha256={digest}"),
    )


def secret(digest: bytes) -> str:
    """Hexadecimal."""
    return digest.hex()

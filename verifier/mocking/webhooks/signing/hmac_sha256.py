"""Plain: HMAC-SHA256 of the body, hexadecimal, in the header that the document names."""

from __future__ import annotations

import hashlib
import hmac

from verifier.mocking.webhooks.message import Message
from verifier.model import Headers

__all__ = ["secret", "sign"]


def sign(message: Message, now: float, header: str) -> Headers:
    """One header."""
    digest = hmac.new(message.secret.encode(), message.body, hashlib.sha256).hexdigest()
    return ((header or "X-Signature", digest),)


def secret(digest: bytes) -> str:
    """Hexadecimal."""
    return digest.hex()

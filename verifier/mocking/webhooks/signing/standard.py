"""Standard Webhooks 1.0.0: id, timestamp and body, HMAC-SHA256, base64, ``v1,``."""

from __future__ import annotations

import base64
import hashlib
import hmac

from verifier.mocking.webhooks.message import Message
from verifier.model import Headers

__all__ = ["secret", "sign"]

PREFIX = "whsec_"


def sign(message: Message, now: float, header: str) -> Headers:
    """Three headers; ``svix-`` in place of ``webhook-`` where the document says so."""
    prefix = "svix" if header.lower().startswith("svix-") else "webhook"
    stamp = str(int(now))
    told = f"{message.id}.{stamp}.".encode() + message.body
    digest = hmac.new(_key(message.secret), told, hashlib.sha256).digest()
    return (
        (f"{prefix}-id", message.id),
        (f"{prefix}-timestamp", stamp),
        (f"{prefix}-signature", f"v1,{base64.b64encode(digest).decode()}"),
    )


def secret(digest: bytes) -> str:
    """``whsec_`` and base64."""
    return PREFIX + base64.b64encode(digest).decode()


def _key(told: str) -> bytes:
    try:
        return base64.b64decode(told.removeprefix(PREFIX), validate=True)
    except ValueError:
        return told.encode()

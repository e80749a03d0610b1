"""Shopify: HMAC-SHA256 of the body, base64; no timestamp in the signature."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime

from verifier.mocking.webhooks.message import Message
from verifier.model import Headers

__all__ = ["secret", "sign"]


def sign(message: Message, now: float, header: str) -> Headers:
    """The topic, the id and the time are beside it."""
    digest = hmac.new(message.secret.encode(), message.body, hashlib.sha256).digest()
    created = datetime.fromtimestamp(message.created, UTC).isoformat().replace("+00:00", "Z")
    return (
        ("X-Shopify-Topic", message.event.replace(".", "/")),
        ("X-Shopify-Webhook-Id", message.id),
        ("X-Shopify-Triggered-At", created),
        (header or "X-Shopify-Hmac-Sha256", base64.b64encode(digest).decode()),
    )


def secret(digest: bytes) -> str:
    """Hexadecimal."""
    return digest.hex()

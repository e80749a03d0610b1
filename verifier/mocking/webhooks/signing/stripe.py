"""Stripe: ``t=`` and ``v1=`` in one header, HMAC-SHA256 of timestamp and body, hexadecimal."""

from __future__ import annotations

import hashlib
import hmac

from verifier.mocking.webhooks.message import Message
from verifier.model import Headers

__all__ = ["secret", "sign"]


def sign(message: Message, now: float, header: str) -> Headers:
    """The whole secret is the key, its prefix included."""
    stamp = str(int(now))
    told = f"{stamp}.".encode() + message.body
    digest = hmac.new(message.secret.encode(), told, hashlib.sha256).hexdigest()
    return ((header or "Stripe-Signature", f"t={stamp},v1={digest}"),)


def secret(digest: bytes) -> str:
    """``whsec_`` and hexadecimal."""
    return f"whsec_{digest.hex()[:32]}"

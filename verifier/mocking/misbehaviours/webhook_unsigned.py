"""Events carry no signature.

Imitates a delivery service that does not know the secret: anybody could have sent them.
"""

from __future__ import annotations

from verifier.mocking.webhooks import Message
from verifier.model import Headers

__all__ = ["signed"]


def signed(message: Message, headers: Headers) -> Headers:
    """What proves the sender is left out."""
    return tuple(h for h in headers if not _proves(h[0].lower()))


def _proves(name: str) -> bool:
    return "signature" in name or "hmac" in name

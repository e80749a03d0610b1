"""The signature of an event does not fit its body.

Imitates a body that is written anew between signing and sending.
"""

from __future__ import annotations

from verifier.mocking.webhooks import Message
from verifier.model import Headers

__all__ = ["signed"]

TURNED = str.maketrans("0123456789abcdefABCDEF", "1234567890bcdefaBCDEFA")


def signed(message: Message, headers: Headers) -> Headers:
    """Every digit of it is another."""
    return tuple(_spoilt(*header) for header in headers)


def _spoilt(name: str, value: str) -> tuple[str, str]:
    lower = name.lower()
    if "signature" not in lower and "hmac" not in lower:
        return name, value
    # The label before the digest (``v1,``, ``sha256=``) and Stripe's time stay as they are.
    mark = max(value.rfind("="), value.rfind(",")) if value[-1:] != "=" else value.find(",")
    return name, value[: mark + 1] + value[mark + 1 :].translate(TURNED)

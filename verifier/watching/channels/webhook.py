"""
A signed request to an address of yours, after the Standard Webhooks specification.

``webhook-id`` is the id of the news and stays the same however often it is sent, so that a receiver
that keeps to it acts once; ``webhook-signature`` is ``v1,`` and the base64 of HMAC-SHA256 over id,
timestamp and body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import orjson

from verifier.loading.declaration import Member, Secret, Text
from verifier.model import Announcement, Reveal, SecretReference
from verifier.watching.wording import as_data

__all__ = ["FIELDS", "KIND", "build", "signature"]

KIND = "webhook"
FIELDS = {
    "url": Member(
        kind=Text(pattern=r"https?://\S+", wants="an address such as https://example.com/hook"),
        says="Where the request goes.",
        required=True,
    ),
    "secret": Member(
        kind=Secret(),
        says="Reference to the secret that signs it: whsec_ and base64, or text.",
    ),
}
TIMEOUT_SECONDS = 20.0
PREFIX = "whsec_"


class WebhookChannel:
    """Takes any 2xx for yes; follows no redirect."""

    def __init__(
        self, url: str, secret: Callable[[], bytes] | None, clock: Callable[[], float]
    ) -> None:
        self._url = url
        self._secret = secret
        self._clock = clock

    def deliver(self, news: Announcement) -> None:
        """Send it, once."""
        import httpx  # start-up time

        body = orjson.dumps(as_data(news))
        stamp = str(int(self._clock()))
        headers = {
            "content-type": "application/json",
            "user-agent": "vendor-verifier",
            "webhook-id": news.id,
            "webhook-timestamp": stamp,
        }
        if self._secret is not None:
            headers["webhook-signature"] = signature(self._secret(), news.id, stamp, body)
        response = httpx.post(self._url, content=body, headers=headers, timeout=TIMEOUT_SECONDS)
        if not response.is_success:
            raise ConnectionError(f"answered {response.status_code}")


def signature(secret: bytes, id: str, stamp: str, body: bytes) -> str:
    """The value of ``webhook-signature``."""
    signed = b".".join((id.encode(), stamp.encode(), body))
    digest = hmac.new(secret, signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def build(
    given: Mapping[str, Any],
    *,
    folder: Path,
    reveal: Reveal,
    clock: Callable[[], float] = time.time,
) -> WebhookChannel:
    """The secret is looked up when it is needed, and kept nowhere."""
    reference: SecretReference | None = given.get("secret")
    if reference is None:
        return WebhookChannel(given["url"], None, clock)
    return WebhookChannel(given["url"], lambda: _key(reveal(reference)), clock)


def _key(secret: str) -> bytes:
    if secret.startswith(PREFIX):
        return base64.b64decode(secret.removeprefix(PREFIX))
    return secret.encode()

"""Takes secrets out of whatever is about to be kept, in every spelling in which they come back."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

import orjson

from verifier.model import Headers

__all__ = ["Redaction"]

SHORTEST_SECRET = 4
ESCAPES = re.compile("%[0-9A-F]{2}")
SHAPES = re.compile(
    rb"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*"  # JSON Web Token
    rb"|\b(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{8,}"
    rb"|\bgh[pousr]_[A-Za-z0-9]{20,}|\bxox[abprs]-[A-Za-z0-9-]{10,}|\bAKIA[0-9A-Z]{16}\b"
    rb"|\bwhsec_[A-Za-z0-9+/=]{16,}"
    rb"|-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]{1,10000}-----END [A-Z ]*PRIVATE KEY-----"
)
# One of these stands in whatever has such a shape: looking for them costs a fifth of matching it.
MARKS = (
    *(b"eyJ", b"_live_", b"_test_", b"xox", b"AKIA", b"whsec_", b"-----BEGIN"),
    *(b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_"),
)
MEMBERS = re.compile(
    rb'("(?:access_token|refresh_token|id_token|client_secret|password|api_?key|secret'
    rb'|private_key|signing_secret)"\s*:\s*)"((?:[^"\\]|\\.){1,4096})"',
    re.IGNORECASE,
)
FORM_FIELDS = re.compile(
    rb"((?:^|[&?])(?:access_token|refresh_token|client_secret|password|api_?key|secret)=)"
    rb"([^&\s]{1,4096})",
    re.IGNORECASE,
)
HINTS = (b"token", b"secret", b"password", b"key", b"TOKEN", b"Token", b"Key", b"Secret")


class Redaction:
    """Implements the port ``Redactor``: learned secrets, and the shapes of well-known ones."""

    def __init__(self) -> None:
        self._names: dict[bytes, bytes] = {}
        self._pattern: re.Pattern[bytes] | None = None

    def learn(self, name: str, secret: str) -> None:
        """Remember a secret in every spelling; it will be shown as ``«name»``."""
        if len(secret) < SHORTEST_SECRET:
            return
        for spelling in _spellings(secret):
            self._names[spelling] = f"«{name}»".encode()
        longest_first = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile(b"|".join(re.escape(s) for s in longest_first))

    def clean(self, data: bytes) -> bytes:
        """The bytes without any secret."""
        if not data:
            return data
        if self._pattern is not None:
            data = self._pattern.sub(lambda found: self._names[found.group(0)], data)
        if _holds(data, MARKS):
            data = SHAPES.sub("«secret»".encode(), data)
        if _holds(data, HINTS):
            data = MEMBERS.sub(_keep_name, data)
            data = FORM_FIELDS.sub(rb"\1" + "«secret»".encode(), data)
        return data

    def clean_text(self, text: str) -> str:
        """The text without any secret."""
        if not text:
            return text
        raw = text.encode("utf-8", "surrogateescape")
        return self.clean(raw).decode("utf-8", "surrogateescape")

    def clean_headers(self, headers: Headers) -> Headers:
        """The headers without any secret in their values."""
        # Looked at together: a secret in one is one in the whole, the beginning of a form included.
        whole = "&".join([value for _, value in headers])
        if self.clean_text(whole) == whole:
            return headers
        return tuple((name, self.clean_text(value)) for name, value in headers)


def _holds(data: bytes, words: Iterable[bytes]) -> bool:
    """Whether one of the words is in it; a plain loop, for every byte of a run passes here."""
    for word in words:  # noqa: SIM110
        if word in data:
            return True
    return False


def _keep_name(found: re.Match[bytes]) -> bytes:
    value = found.group(2)
    shown = value if value.startswith("«".encode()) else "«secret»".encode()
    return found.group(1) + b'"' + shown + b'"'


def _spellings(secret: str) -> Iterable[bytes]:
    raw = secret.encode()
    yield raw
    for percent in (quote(secret, safe=""), quote(secret), quote_plus(secret)):
        yield percent.encode()
        yield ESCAPES.sub(lambda found: found.group(0).lower(), percent).encode()
    for member in (orjson.dumps(secret).decode(), json.dumps(secret)):
        yield member[1:-1].encode()
        yield member[1:-1].replace("/", "\\/").encode()
    yield html.escape(secret).encode()
    for encoded in (base64.b64encode(raw), base64.urlsafe_b64encode(raw)):
        yield encoded
        yield encoded.rstrip(b"=")

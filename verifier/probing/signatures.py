"""Whether a delivery is signed by somebody who knows the secret: the dialects that are in use."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable

from msgspec import Struct

from verifier.model import Arrival, Headers, Signature

__all__ = ["signature_of"]

PREFIX = "whsec_"
PLAIN = re.compile(r"signature|hmac", re.IGNORECASE)
STAMP = re.compile(r"timestamp", re.IGNORECASE)
# Milliseconds since the epoch have more digits than seconds will have for 9,000 years.
FIRST_IN_MILLISECONDS = 10**11


class _Told(Struct, frozen=True):
    """What the headers claim: the signatures, and the bytes that each scheme signs."""

    scheme: str
    header: str
    signatures: tuple[str, ...]
    signed: bytes
    encode: Callable[[bytes], str]
    stamp: str = ""
    key: Callable[[str], bytes] = str.encode


def signature_of(arrival: Arrival, secrets: Iterable[str]) -> Signature:
    """
    How a delivery was signed.

    Args:
        secrets: Those that it may have been signed with.
    """
    headers = {name.lower(): value for name, value in arrival.headers}
    told = next(filter(None, (read(headers, arrival.body) for read in READERS)), None)
    if told is None:
        return Signature()
    known = tuple(secrets)
    valid = any(_fits(told, secret) for secret in known) if known else None
    return Signature(
        scheme=told.scheme,
        header=_as_sent(arrival.headers, told.header),
        valid=valid,
        age_seconds=_age(told.stamp, arrival.received),
    )


def _fits(told: _Told, secret: str) -> bool:
    made = told.encode(hmac.new(told.key(secret), told.signed, hashlib.sha256).digest())
    return any(
        hmac.compare_digest(made.encode(), s.encode("utf-8", "replace")) for s in told.signatures
    )


def _standard(headers: dict[str, str], body: bytes) -> _Told | None:
    """Standard Webhooks 1.0.0: ``v1,<base64>`` over id, timestamp and body."""
    for prefix in ("webhook", "svix"):
        name = f"{prefix}-signature"
        if name in headers:
            stamp = headers.get(f"{prefix}-timestamp", "")
            id = headers.get(f"{prefix}-id", "")
            marks = headers[name].split()
            return _Told(
                scheme="standard",
                header=name,
                signatures=tuple(m.partition(",")[2] for m in marks if m.startswith("v1,")),
                signed=f"{id}.{stamp}.".encode() + body,
                encode=_base64,
                stamp=stamp,
                key=_standard_key,
            )
    return None


def _stripe(headers: dict[str, str], body: bytes) -> _Told | None:
    """Stripe: ``t=<seconds>,v1=<hex>`` over timestamp and body."""
    value = headers.get("stripe-signature")
    if value is None:
        return None
    pairs = [part.strip().partition("=") for part in value.split(",")]
    stamp = next((v for k, _, v in pairs if k == "t"), "")
    return _Told(
        scheme="stripe",
        header="stripe-signature",
        signatures=tuple(v for k, _, v in pairs if k == "v1"),
        signed=f"{stamp}.".encode() + body,
        encode=bytes.hex,
        stamp=stamp,
    )


def _github(headers: dict[str, str], body: bytes) -> _Told | None:
    """GitHub: ``sha256=<hex>`` over the body."""
    value = headers.get("x-hub-signature-256")
    if value is None:
        return None
    marks = (value.removeprefix("sha256="),)
    return _Told("github", "x-hub-signature-256", marks, body, bytes.hex)


def _shopify(headers: dict[str, str], body: bytes) -> _Told | None:
    """Shopify: base64 over the body."""
    value = headers.get("x-shopify-hmac-sha256")
    if value is None:
        return None
    return _Told("shopify", "x-shopify-hmac-sha256", (value,), body, _base64)


def _plain(headers: dict[str, str], body: bytes) -> _Told | None:
    """Anything else that calls itself a signature: hex or base64 over the body alone."""
    name = next((name for name in headers if PLAIN.search(name)), "")
    if not name:
        return None
    mark = headers[name].rpartition("=")[2] if "=" in headers[name][:10] else headers[name]
    stamp = next((value for header, value in headers.items() if STAMP.search(header)), "")
    hexadecimal = re.fullmatch(r"[0-9a-fA-F]{64}", mark) is not None
    marks = (mark.lower(),) if hexadecimal else (headers[name],)
    encode = bytes.hex if hexadecimal else _base64
    return _Told("hmac-sha256", name, marks, body, encode, stamp)


READERS = (_standard, _stripe, _github, _shopify, _plain)


def _standard_key(secret: str) -> bytes:
    """Base64 after the prefix; some vendors give plain text."""
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except ValueError:
        return secret.encode()


def _base64(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


def _age(stamp: str, received: float) -> float | None:
    if not re.fullmatch(r"[0-9]{1,15}", stamp):
        return None
    seconds = int(stamp) / (1000 if int(stamp) >= FIRST_IN_MILLISECONDS else 1)
    return received - seconds


def _as_sent(headers: Headers, wanted: str) -> str:
    return next((name for name, _ in headers if name.lower() == wanted), wanted)

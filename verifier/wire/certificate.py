"""When a certificate ends, read from its bytes: an untrusted one is not decoded by the platform."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["not_after"]

SEQUENCE, EXPLICIT_VERSION, UTC_TIME, GENERALIZED_TIME = 0x30, 0xA0, 0x17, 0x18


def not_after(certificate: bytes) -> float:
    """
    Seconds since the epoch at which a DER certificate ends (RFC 5280, 4.1.2.5).

    Raises:
        ValueError: It is no certificate that could be read.
    """
    outer, _ = _element(certificate)
    body, _ = _element(_content(outer, SEQUENCE))
    rest = _content(body, SEQUENCE)
    if rest[:1] == bytes([EXPLICIT_VERSION]):
        _, rest = _element(rest)
    for _ in range(3):  # serial number, signature algorithm, issuer
        _, rest = _element(rest)
    validity, _ = _element(rest)
    _, second = _element(_content(validity, SEQUENCE))
    (tag, text), _ = _element(second)
    return _time(tag, text.decode("ascii"))


def _element(data: bytes) -> tuple[tuple[int, bytes], bytes]:
    """One tag with its content, and what follows it (X.690, 8.1)."""
    if len(data) < 2:
        raise ValueError("it ends too early")
    size, start = data[1], 2
    if size & 0x80:
        count = size & 0x7F
        size, start = int.from_bytes(data[2 : 2 + count], "big"), 2 + count
    if start + size > len(data):
        raise ValueError("it ends too early")
    return (data[0], data[start : start + size]), data[start + size :]


def _content(element: tuple[int, bytes], tag: int) -> bytes:
    if element[0] != tag:
        raise ValueError(f"expected tag {tag:#x}, found {element[0]:#x}")
    return element[1]


def _time(tag: int, text: str) -> float:
    if tag not in (UTC_TIME, GENERALIZED_TIME):
        raise ValueError(f"tag {tag:#x} is no time")
    if tag == UTC_TIME:  # RFC 5280, 4.1.2.5.1: 50 to 99 are the last century's
        text = f"{'19' if text[:2] >= '50' else '20'}{text}"
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC).timestamp()

"""Exchanges as text that a person can read: bounded, with what was cut said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from verifier.model import Exchange, Form, Headers

__all__ = ["request_text", "response_text", "row"]

LONGEST_SHOWN = 4_000
LONGEST_LISTED = 400
HIDDEN = ("user-agent", "host")


def request_text(exchange: Exchange, longest: int = LONGEST_SHOWN) -> str:
    """A request as it went out, its credential by name."""
    request = exchange.request
    lines = [f"{request.method} {request.target}"]
    lines += _headers(request.headers)
    lines.append(f"(as {_identity(exchange)})")
    return "\n".join(lines) + _body(request.body, len(request.body), longest)


def response_text(exchange: Exchange, longest: int = LONGEST_SHOWN) -> str:
    """An answer as it came, or what happened instead of one."""
    response = exchange.response
    if response is None:
        return exchange.failure.says if exchange.failure else "no answer"
    lines = [f"{response.status} {response.reason}".rstrip()]
    lines += _headers(response.headers)
    size = max(response.size_bytes, len(response.body))
    cut = f" (SHA-256 {response.digest})" if response.digest else ""
    return "\n".join(lines) + _body(response.body, size, longest) + cut


def row(exchange: Exchange) -> Sequence[Any]:
    """One line of the list of all exchanges."""
    return (
        exchange.id,
        _encodable(f"{exchange.request.method} {exchange.request.target}"[:300]),
        exchange.purpose,
        exchange.status,
        round(exchange.timing.total_seconds * 1000, 1),
        _encodable(request_text(exchange, LONGEST_LISTED)),
        _encodable(response_text(exchange, LONGEST_LISTED)),
    )


def _encodable(text: str) -> str:
    """Text without the halves of surrogate pairs that no encoding holds."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _identity(exchange: Exchange) -> str:
    identity = exchange.request.identity
    if identity.form is Form.ABSENT:
        return "nobody"
    name = identity.principal or "the first principal"
    return name if identity.form is Form.INTACT else f"{name}, its credential {identity.form.value}"


def _headers(headers: Headers) -> list[str]:
    return [f"{name}: {value}" for name, value in headers if name.lower() not in HIDDEN]


def _body(body: bytes, size: int, longest: int) -> str:
    if not body:
        return ""
    text = _pretty(body) if longest > LONGEST_LISTED else body.decode("utf-8", "replace")
    if len(text) > longest or size > len(body):
        return f"\n\n{text[:longest]}\n… cut; {size} bytes in all"
    return f"\n\n{text}"


def _pretty(body: bytes) -> str:
    if body[:1] in (b"{", b"[") and len(body) < 200_000:
        try:
            return orjson.dumps(orjson.loads(body), option=orjson.OPT_INDENT_2).decode()
        except ValueError:
            pass
    return body.decode("utf-8", "replace")

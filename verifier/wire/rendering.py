"""The bytes of an answer of ours."""

from __future__ import annotations

import time
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus

from verifier.errors import InternalError
from verifier.wire.incoming import Answer

__all__ = ["date", "reason", "render"]

REASONS = {status.value: status.phrase for status in HTTPStatus}
BODILESS = frozenset({204, 304})


def date() -> str:
    """The time as a Date header gives it (RFC 9110, 6.6.1)."""
    return _date(int(time.time()))


@lru_cache(maxsize=2)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)


def reason(status: int) -> str:
    """The usual reason phrase of a status; empty where it has none (RFC 9112, 4)."""
    return REASONS.get(status, "")


def _closes(answer: Answer) -> bool:
    """Whether the last that an answer says of its connection is that it ends."""
    said = [value.lower() for name, value in answer.headers if name.lower() == "connection"]
    return said[-1:] == ["close"]


def render(answer: Answer, *, method: str, keep: bool) -> tuple[bytes, bytes, bool]:
    """
    The answer's head, what is sent of its body, and whether the connection may carry another.

    Args:
        method: Of the request: a HEAD is answered without the body (RFC 9110, 9.3.2).
        keep: Whether the client wants the connection kept.

    Raises:
        InternalError: A header would break out of its line.
    """
    status = answer.status
    lines = [f"HTTP/1.1 {status} {answer.reason or REASONS.get(status, '')}"]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    given = "\r\n".join(lines).lower()
    if "\r\ndate: " not in given:
        lines.append(f"Date: {date()}")
    bodiless = status in BODILESS or status < 200
    measured = "\r\ncontent-length: " in given or "\r\ntransfer-encoding: " in given
    if not measured and not bodiless:
        lines.append(f"Content-Length: {len(answer.body)}")
    closing = "\r\nconnection: " in given and _closes(answer)
    if not keep and not closing:
        lines.append("Connection: close")
    lines += ("", "")
    head = "\r\n".join(lines)
    if head.count("\r") != len(lines) - 1 or head.count("\n") != len(lines) - 1:
        raise InternalError("an answer of ours has a line break within a header")
    data = head.encode("utf-8", "surrogateescape")
    return data, b"" if bodiless or method == "HEAD" else answer.body, keep and not closing

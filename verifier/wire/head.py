"""The bytes of a request: method, target and headers exactly as they were given."""

from __future__ import annotations

import re
from typing import NamedTuple

from verifier.errors import UsageError
from verifier.model import Headers, Outgoing
from verifier.wire.address import Origin, split

__all__ = ["Written", "completed", "write"]

TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
UNSENDABLE = re.compile(r"[\r\n\0]")
UNSENDABLE_IN_TARGET = re.compile(r"[\x00-\x20\x7f]")
EXPECTS_LENGTH = frozenset({"POST", "PUT", "PATCH"})
LENGTHS = frozenset({"content-length", "transfer-encoding"})
FRAMING = LENGTHS | {"connection", "upgrade"}


class Written(NamedTuple):
    """
    A request as bytes.

    Args:
        single: Whether its own headers decide about the connection, so that it is not kept after.
    """

    origin: Origin
    data: bytes
    single: bool


def completed(outgoing: Outgoing, origin: Origin) -> Headers:
    """
    The headers as sent: Host is added where it is missing, and Content-Length, which is 0 where a
    body would have a meaning and there is none (RFC 9110, 8.6).
    """
    given = {name.lower() for name, _ in outgoing.headers}
    headers = outgoing.headers
    if "host" not in given:
        headers = (("Host", origin.authority), *headers)
    if (outgoing.body or outgoing.method in EXPECTS_LENGTH) and given.isdisjoint(LENGTHS):
        headers = (*headers, ("Content-Length", str(len(outgoing.body))))
    return headers


def write(outgoing: Outgoing) -> Written:
    """
    Put a request into bytes, exactly as it is given.

    Text is sent as UTF-8; a lone surrogate U+DC80 to U+DCFF stands for the byte that it escapes.

    Raises:
        UsageError: Something in it would break out of its line (RFC 9112, 2.2 and 3).
    """
    origin, target = split(outgoing.url)
    lines = [f"{outgoing.method} {target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in completed(outgoing, origin)]
    lines += ("", "")
    head = "\r\n".join(lines)
    breaks = len(lines) - 1
    if head.count("\r") != breaks or head.count("\n") != breaks or "\0" in head:
        raise _unsendable(next(line for line in lines if UNSENDABLE.search(line)))
    if not TOKEN.fullmatch(outgoing.method) or UNSENDABLE_IN_TARGET.search(target):
        raise _unsendable(lines[0])
    single = False
    for name, _ in outgoing.headers:
        if not TOKEN.fullmatch(name):
            raise _unsendable(name)
        single = single or name.lower() in FRAMING
    try:
        data = head.encode("utf-8", "surrogateescape") + outgoing.body
    except UnicodeEncodeError as error:
        raise _unsendable(head[error.start : error.end]) from None
    return Written(origin, data, single)


def _unsendable(text: str) -> UsageError:
    # Only the beginning of a line is shown: a header's value may be a secret.
    name = text.partition(":")[0]
    return UsageError(
        f"a request line or header cannot be sent: {name[:80]!r} ...",
        mend="Take line breaks, spaces and control characters out of it.",
    )

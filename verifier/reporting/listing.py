"""All exchanges in the smallest space: columns, every text that repeats held once, deflated."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Sequence
from typing import Any

from verifier.catalogue import Catalogue
from verifier.model import Exchange
from verifier.reporting.dumping import dumped
from verifier.reporting.proofs import body_text, headers_text, identity_text

__all__ = ["MOST_LISTED", "Row", "packed", "reader"]

MOST_LISTED = 10_000
LONGEST_BODY = 2_000
SHORTEST_BODY = 60
LONGEST_HEADERS = 1_000
CHARACTERS_IN_ALL = 12_000_000
# Base64 in the page; 1,000 exchanges are to stay within 1.5 MB with everything else, 10,000 in 5.
CEILINGS = ((1_000, 1_000_000), (MOST_LISTED, 4_400_000))
LEVEL = 4  # a sixth less to load than 1, for a quarter more time
# id, method, target, operation, purpose, status, milliseconds, sent (headers, identity), body sent,
# headers received, body received, size received
Row = tuple[Any, ...]
REPEATED = frozenset({1, 3, 4, 7})
BODIES = frozenset({8, 10})


def reader(say: Catalogue) -> Callable[[Exchange], Row]:
    """What turns an exchange into a row."""

    def row(exchange: Exchange) -> Row:
        request, response = exchange.request, exchange.response
        if response is None:
            status, headers, size = 0, "", 0
            body = exchange.failure.says if exchange.failure else say("proof.no-answer")
        else:
            status, headers = response.status, headers_text(response.headers)[:LONGEST_HEADERS]
            body = body_text(response.body, LONGEST_BODY)
            size = max(response.size_bytes, len(response.body))
        return (
            exchange.id,
            request.method,
            request.target[:LONGEST_BODY],
            request.operation,
            exchange.purpose,
            status,
            round(exchange.timing.total_seconds * 1000, 1),
            f"{headers_text(request.headers)}\n({identity_text(request.identity, say)})".lstrip(),
            body_text(request.body, LONGEST_BODY),
            headers,
            body,
            size,
        )

    return row


def packed(rows: Sequence[Row]) -> str:
    """
    A table for the page's script: JSON, deflated, in base64; empty for no exchanges.

    Bodies are cut so that it keeps within its ceiling, whatever they hold.
    """
    if not rows:
        return ""
    listed = rows[:MOST_LISTED]
    ceiling = next(most for count, most in CEILINGS if len(listed) <= count)
    longest = min(LONGEST_BODY, max(SHORTEST_BODY, CHARACTERS_IN_ALL // len(listed)))
    while True:
        data = base64.b64encode(zlib.compress(dumped(_table(listed, longest)), LEVEL)).decode()
        if len(data) <= ceiling or longest <= SHORTEST_BODY:
            return data
        longest //= 3


def _table(rows: Sequence[Row], longest: int) -> dict[str, Any]:
    """Columns of equal length; ``texts`` holds what rows refer to by index."""
    texts: dict[str, int] = {}
    columns: list[list[Any]] = []
    for number, column in enumerate(zip(*rows, strict=True)):
        if number in REPEATED:
            columns.append([texts.setdefault(text, len(texts)) for text in column])
        elif number in BODIES:
            columns.append([text[:longest] for text in column])
        else:
            columns.append(list(column))
    return {"texts": list(texts), "columns": columns}

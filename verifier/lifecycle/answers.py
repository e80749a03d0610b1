"""What live answers say of an end: headers, bodies, statuses, and the version that answered."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from verifier.lifecycle.signs import ends
from verifier.lifecycle.speaking import in_body, in_headers
from verifier.model import Exchange, Medium, Sighting

__all__ = ["echoed", "of_exchange"]

LARGEST_BODY_BYTES = 256 * 1024
GONE = 410
# Which header says which version answered, by the one that asked for it.
ECHOES = {
    "stripe-version": "stripe-version",
    "x-github-api-version": "x-github-api-version-selected",
    "x-shopify-api-version": "x-shopify-api-version",
    "intercom-version": "intercom-version",
    "square-version": "square-version",
    "notion-version": "notion-version",
    "api-version": "api-version",
    "x-api-version": "x-api-version",
    "accept-version": "content-version",
}


def of_exchange(exchange: Exchange) -> Iterator[Sighting]:
    """
    Every sign of an end in one exchange; its scope is the operation that was asked.

    RFC 9745, 2.2: what a header says holds for the resource, unless the vendor says otherwise.
    """
    response, scope = exchange.response, exchange.request.operation
    if response is None or not scope:
        return  # what answers nothing of the document's says nothing of the document's
    seen = datetime.datetime.fromtimestamp(exchange.started, datetime.UTC).date()
    heard = [(Medium.HEADER, *found) for found in in_headers(response.headers)]
    if response.is_json and len(response.body) <= LARGEST_BODY_BYTES and not response.cut:
        heard += [(Medium.BODY, *found) for found in in_body(response.json_or_none())]
    if response.status == GONE:
        heard.append((Medium.STATUS, "status", ends(seen.isoformat(), said="answered 410 Gone")))
    for medium, dialect, signal in heard:
        yield Sighting(
            scope=scope,
            signal=signal,
            medium=medium,
            dialect=dialect,
            seen=seen,
            evidence=exchange.id,
        )


def echoed(exchange: Exchange) -> tuple[str, str] | None:
    """
    The version that was asked for and the one that answered, where they differ.

    None where none was asked for, none is told, or it is the same.
    """
    response = exchange.response
    if response is None or response.status >= 400:
        return None
    for asks, tells in ECHOES.items():
        wanted, got = exchange.request.header(asks), response.header(tells)
        if wanted and got and not _same(wanted, got):
            return wanted, got
    return None


def _same(wanted: str, got: str) -> bool:
    """GitHub answers ``2022-11-28``, Stripe adds what was opted into after ``;``."""
    return wanted.strip().lower().partition(";")[0] == got.strip().lower().partition(";")[0]

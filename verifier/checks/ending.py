"""What an answer says of its operation's end, and the smallest vendor that says it rightly."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from verifier.checks.specimens import ITEMS, Shelf, document
from verifier.lifecycle import of_exchange
from verifier.model import Exchange, Medium, Milestone, Observation, Request, Response, Signal

__all__ = ["AGED", "OLD", "Aged", "day", "said", "served"]

OLD = "GET /items"
SINCE, UNTIL = "@1767225600", "Thu, 31 Dec 2099 23:59:59 GMT"


def said(exchange: Exchange) -> tuple[Signal, ...]:
    """The signals in the headers of an answer."""
    return tuple(s.signal for s in of_exchange(exchange) if s.medium is Medium.HEADER)


def served(seen: Observation) -> bool:
    """Whether the operation did what it does: only then its word about itself counts."""
    return seen.exchange.succeeded


def day(signals: Iterable[Signal], milestone: Milestone) -> date | None:
    """The earliest day that is named for a milestone."""
    days = [s.date for s in signals if s.milestone is milestone and s.date is not None]
    return min(days, default=None)


def _aged() -> dict[str, Any]:
    paths = dict(ITEMS["paths"])
    listing = {**paths["/items"]["get"], "deprecated": True}
    return document(paths={**paths, "/items": {**paths["/items"], "get": listing}})


AGED = _aged()


class Aged(Shelf):
    """Says of its list that it is deprecated, until when it works, and what comes after it."""

    since, until, links = SINCE, UNTIL, '</things>; rel="successor-version"'

    def list(self, request: Request) -> Response:
        """With the signals of RFC 9745, 8594 and 5829."""
        done = super().list(request)
        told = (("Deprecation", self.since), ("Sunset", self.until), ("Link", self.links))
        headers = (*done.headers, *((name, value) for name, value in told if value))
        return Response(status=done.status, headers=headers, body=done.body)

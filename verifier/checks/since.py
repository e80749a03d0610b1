"""Asking for what changed since a time: the parameter, its spelling, and a vendor that takes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qs

from verifier.checks.comparing import instant
from verifier.checks.specimens import ITEMS, Shelf, document
from verifier.model import Exchange, Parameter, Request, Resource, Response, Row, Vendor

__all__ = ["SINCE", "SinceShelf", "moment_of", "since_filter", "spelled", "takes_times"]

STAMP = re.compile(r"creat|updat|modif|chang", re.IGNORECASE)
TOLERANCE_SECONDS = 30.0


def since_filter(resource: Resource, vendor: Vendor) -> Parameter | None:
    """The parameter of its list that takes a time of change; None where there is none."""
    for convention in vendor.contract.conventions_of("changed-since"):
        if resource.list in convention.operations and convention.style == "filter":
            names = convention.detail.get("names") or [convention.detail.get("name")]
            listing = vendor.contract.operation(resource.list)
            return next((p for p in listing.parameters_in("query") if p.name in names), None)
    return None


def moment_of(exchange: Exchange, row: Row, sent: Any) -> datetime | None:
    """
    When the vendor answered, by the clock that it stamps its items with; None where none is shown.

    A stamp of the item's own is surer than the Date of the answer, which another machine may have
    set; so that is believed only where it agrees with our clock.

    Args:
        row: The item as it was answered.
        sent: The body that made it: what that held is no stamp.
    """
    stamps = [_stamp(name, held) for name, held in row.items() if name not in (sent or ())]
    known = [moment for moment in stamps if moment is not None]
    return max(known).astimezone(UTC) if known else _dated(exchange)


def _stamp(name: str, held: Any) -> datetime | None:
    return instant(held) if STAMP.search(name) else None


def _dated(exchange: Exchange) -> datetime | None:
    told = exchange.response.header("date") if exchange.response else None
    try:
        moment = parsedate_to_datetime(told).astimezone(UTC) if told else None
    except ValueError:
        return None
    near = moment is not None and abs(moment.timestamp() - exchange.ended) <= TOLERANCE_SECONDS
    return moment if near else None


def takes_times(parameter: Parameter) -> bool:
    """Whether a parameter takes more than a day."""
    return _schema(parameter).get("format") != "date"


def spelled(parameter: Parameter, moment: datetime) -> Any:
    """A moment as a parameter takes it: seconds, a day, or an RFC 3339 text."""
    if _schema(parameter).get("type") in ("integer", "number"):
        return int(moment.timestamp())
    if not takes_times(parameter):
        return moment.date().isoformat()
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _schema(parameter: Parameter) -> Mapping[str, Any]:
    node = parameter.schema.resolved().value if parameter.schema else {}
    return node if isinstance(node, Mapping) else {}


def _with_filter() -> dict[str, Any]:
    since = {"type": "string", "format": "date-time"}
    named = {"name": "updated_since", "in": "query", "schema": since}
    paths = dict(ITEMS["paths"])
    listing = {**paths["/items"]["get"], "parameters": [named]}
    return document(paths={**paths, "/items": {**paths["/items"], "get": listing}})


SINCE = _with_filter()


class SinceShelf(Shelf):
    """Knows when each item was changed; its clock goes on by a second with every request."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 1_800_000_000

    def answer(self, request: Request) -> Response:
        """A second later."""
        self.time += 1
        return super().answer(request)

    def kept(self, given: dict[str, Any]) -> dict[str, Any]:
        """When it was, beside what was given."""
        return {**given, "changed": self.time}

    def shown(self, item: dict[str, Any]) -> dict[str, Any]:
        """The item, with when it was changed as a time."""
        moment = datetime.fromtimestamp(item["changed"], UTC)
        rest = {name: held for name, held in item.items() if name != "changed"}
        return {**rest, "updated_at": moment.isoformat()}

    def list(self, request: Request) -> Response:
        """What was changed since."""
        given = parse_qs(request.query).get("updated_since")
        since = datetime.fromisoformat(given[0]).timestamp() if given else 0
        rows = [self.shown(i) for i in self.items.values() if i["changed"] >= since]
        return self.json(200, {"data": rows}, request)

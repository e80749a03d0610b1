"""What a creation left behind that nobody heard the answer of: looked for by what was sent."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import Any

from verifier import encoding
from verifier.checks.comparing import differences, instant, same
from verifier.checks.paging import Walk, walk
from verifier.model import Contract, Exchange, Intent, Resource, Row, Step, Traces

__all__ = ["traces_of"]

PAGE = 100
MOST_PAGES = 5
BORN = re.compile(r"^(?:date_?|time_?)?(?:creat|insert)", re.IGNORECASE)
# How far a vendor's stamp may lie from what the Date of its answers lets us expect.
EARLIEST_SECONDS, LATEST_SECONDS = -2.0, 120.0
MILLISECONDS_FROM = 1e11


def traces_of(
    contract: Contract, intents: Sequence[Intent]
) -> Generator[Step, Any, tuple[Traces, ...]]:
    """
    Read a list, and tell of each intent what in it are its traces.

    An item is ours where nothing that was sent contradicts it, something that was sent stands in
    it, and the vendor's own stamp says that it was created when that was sent.

    Args:
        intents: Of one resource, sent to one address as one principal.
    """
    resource, request = contract.resource(intents[0].resource), intents[0].request
    if not resource.list:
        return tuple(Traces() for _ in intents)
    path = encoding.match_path(contract.operation(resource.create).path, request.path) or {}
    wanted = {p.name for p in contract.operation(resource.list).parameters_in("path")}
    seen = yield from walk(
        contract,
        resource,
        path={name: value for name, value in path.items() if name in wanted},
        size=PAGE,
        most=MOST_PAGES,
        as_=request.identity.principal,
    )
    ahead = _ahead(seen.pages[-1])
    return tuple(_traces(resource, intent, seen, ahead) for intent in intents)


def _traces(resource: Resource, intent: Intent, seen: Walk, ahead: float) -> Traces:
    ours: list[str] = []
    alike: list[str] = []
    for row in seen.rows:
        id = resource.id_of(row)
        if id is None or not _agrees(intent.sent, row):
            continue
        born = _born(row, intent.sent)
        if born is None:
            alike.append(str(id))
        elif EARLIEST_SECONDS <= born - ahead - intent.at <= LATEST_SECONDS:
            ours.append(str(id))
    whole = seen.ended and bool(intent.sent)
    return Traces(ours=tuple(ours), alike=tuple(alike), whole=whole)


def _agrees(sent: Mapping[str, Any], row: Row) -> bool:
    """Whether an item holds something of what was sent, and nothing else in its place."""
    texts = [name for name, value in sent.items() if isinstance(value, str) and value]
    held = any(name in row and same(sent[name], row[name]) for name in texts)
    return held and next(differences(sent, row), None) is None


def _born(row: Row, sent: Mapping[str, Any]) -> float | None:
    """When an item was created by its own stamp, in seconds since the epoch."""
    for name, held in row.items():
        if name in sent or not BORN.match(name):
            continue
        moment = instant(held)
        if moment is not None:
            return moment.timestamp()
        if isinstance(held, (int, float)) and not isinstance(held, bool):
            return held / 1000 if held >= MILLISECONDS_FROM else float(held)
    return None


def _ahead(page: Exchange) -> float:
    """By how many seconds the vendor's clock is ahead of ours."""
    told = page.response.header("date") if page.response else None
    try:
        return parsedate_to_datetime(told).timestamp() - page.started if told else 0.0
    except ValueError:
        return 0.0

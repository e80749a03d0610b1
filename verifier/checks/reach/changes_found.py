"""
Asking for what changed since a time brings every change since, and nothing older.

Why it matters
    This is the question that a synchronisation lives by. A filter that only knows when things were
    created misses every later change without an error.

How it asks
    It creates two items, waits, changes one of them, and asks the list for what changed since a
    second after the creation, by the clock that the vendor stamps its items with.

Limits
    Deletions are not looked for. A list that is late by five seconds misses the change.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from datetime import timedelta
from typing import Any

from verifier.checks.changing import Change, change_of, changeable, made, shown
from verifier.checks.effects import Census, census
from verifier.checks.since import (
    SINCE,
    SinceShelf,
    moment_of,
    since_filter,
    spelled,
    takes_times,
)
from verifier.model import (
    Create,
    Effect,
    Finding,
    Flow,
    Item,
    Level,
    Missing,
    Parameter,
    Pause,
    Question,
    Request,
    Resource,
    Response,
    Severity,
    Step,
    Vendor,
    check,
)

SETTLING_SECONDS, WAITS_SECONDS = 2.0, (0.0, 1.0, 4.0)


def _applies(resource: Resource, vendor: Vendor) -> str:
    if not resource.list or since_filter(resource, vendor) is None:
        return "its list takes no time of change"
    return changeable(resource)


@check(
    question=Question.REACH,
    severity=Severity.MAJOR,
    effect=Effect.WRITE,
    source="the document's own description of the parameter",
    catches="since-misses-updates",
    price=12,
    applies=_applies,
)
def changes_found(resource: Resource, vendor: Vendor) -> Flow:
    parameter = since_filter(resource, vendor)
    still = yield Create(resource=resource.name)
    moving = yield Create(resource=resource.name)
    row = yield from shown(resource, moving.item)
    change = change_of(vendor.contract, resource, row)
    mark = moment_of(moving.exchange, row, moving.sent)
    if parameter is None or change is None or mark is None:
        yield Missing(
            reason="nothing plain can be changed, or it does not say when it was",
            supply="a time of change on each item",
        )
        return ()
    yield Pause(SETTLING_SECONDS)
    ids = yield from made(change, resource, moving.item)
    query = {parameter.name: spelled(parameter, mark + timedelta(seconds=1))}
    found = yield from _found(resource, vendor, moving.item, query)
    ids = (moving.exchange.id, *ids, *found.evidence)
    if moving.item.id in found.rows:
        old = still.item.id in found.rows and takes_times(parameter)
        return (_ignored(resource, parameter, ids),) if old else ()
    if not found.whole:
        yield Missing(reason="the list could not be read to its end", supply="a smaller sandbox")
    return (_missed(resource, parameter, change, ids),)


def _found(
    resource: Resource, vendor: Vendor, item: Item, query: Mapping[str, Any]
) -> Generator[Step, Any, Census]:
    for seconds in WAITS_SECONDS:
        yield Pause(seconds)
        found = yield from census(vendor.contract, resource, item.path, query=query)
        if item.id in found.rows:
            break
    return found


def _missed(
    resource: Resource, parameter: Parameter, change: Change, ids: tuple[str, ...]
) -> Finding:
    return Finding(
        says=f"Asked for {resource.name} changed since a time, it leaves a change out.",
        signature="since-misses-updates",
        operation=resource.list,
        at=parameter.at,
        evidence=ids,
        expected=f"the item whose {change.name} was changed after that time",
        seen="a list without it",
        ask=f"Let {parameter.name} go by the time of the last change.",
        build="Read everything at night and compare; take the filter for a hint.",
    )


def _ignored(resource: Resource, parameter: Parameter, ids: tuple[str, ...]) -> Finding:
    return Finding(
        says=f"Asked for {resource.name} changed since a time, it returns older ones.",
        signature="since-ignored",
        operation=resource.list,
        at=parameter.at,
        evidence=ids,
        expected="only what was changed since",
        seen="an item that was not",
        level=Level.WARNING,
        ask=f"Honour {parameter.name}.",
        build="Leave out what we know already.",
    )


changes_found.healthy(SinceShelf, document=SINCE)


@changes_found.broken(document=SINCE)
class Newborn(SinceShelf):
    """Goes by the time of creation."""

    def update(self, request: Request, id: str) -> Response:
        """As if nothing had happened."""
        stamp = self.items[id]["changed"]
        answer = super().update(request, id)
        self.items[id]["changed"] = stamp
        return answer

"""
An item is the same in a list and read by itself.

Why it matters
    Most of what is copied comes from lists. Where a list shows an older state than the item, the
    copy is wrong, and nothing in it says so.

How it asks
    It creates an item, changes it where that is possible, reads it, and finds it in the list,
    waiting up to five seconds. What differs must differ from the item read before and after.

Limits
    Only members that both have are compared, and not those that change by themselves between two
    reads. An item that the list does not show is the matter of other checks.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from verifier.checks.changing import change_of, changeable
from verifier.checks.comparing import differences, short
from verifier.checks.effects import census
from verifier.checks.specimens import Shelf
from verifier.model import (
    Create,
    Draw,
    Effect,
    Exchange,
    Existing,
    Finding,
    Flow,
    Item,
    Missing,
    Pause,
    Question,
    Request,
    Resource,
    Response,
    Row,
    Send,
    Severity,
    Step,
    Vendor,
    check,
)

WAITS_SECONDS = (0.0, 1.0, 4.0)


@check(
    question=Question.REACH,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="the document: one schema, one resource; RFC 9110, 3.2",
    catches="list-stale",
    price=14,
    applies=lambda resource: "" if resource.read and resource.list else "it is not listed and read",
)
def list_agrees_with_item(resource: Resource, vendor: Vendor) -> Flow:
    item = yield from _item(resource, vendor)
    reading = yield Draw(operation=resource.read, path=item.path)
    first = yield Send(reading.request)
    for seconds in WAITS_SECONDS:
        if seconds:
            yield Pause(seconds)
        listed = yield from census(vendor.contract, resource, item.path)
        again = yield Send(reading.request)
        wrong = _differing(resource, listed.rows.get(item.id), first, again)
        if item.id in listed.rows and not wrong:
            return ()
    if not wrong:
        yield Missing(reason="the list does not show it", supply="a smaller sandbox")
    name, shown, told = wrong[0]
    return (
        Finding(
            says=f"The list of {resource.name} shows another {name} than the item itself.",
            signature=f"list-differs:{name}",
            operation=resource.list,
            evidence=(first.id, *listed.evidence, again.id),
            expected=f"{name} as the item has it: {short(shown)}",
            seen=f"{short(told)} in the list, still after {sum(WAITS_SECONDS):g} seconds",
            ask="How late may a list be? Make it show what the item shows.",
            build="Read an item by its id before anything is decided by it.",
        ),
    )


def _item(resource: Resource, vendor: Vendor) -> Generator[Step, Any, Item]:
    """One of ours, changed once; without permission to write one that is there."""
    if not (resource.create and vendor.writable):
        existing: Item = yield Existing(resource=resource.name)
        return existing
    item: Item = (yield Create(resource=resource.name)).item
    if not changeable(resource):
        reading = yield Draw(operation=resource.read, path=item.path)
        # The list is read once before the change: what it then showed, it may have kept.
        yield from census(vendor.contract, resource, item.path)
        row = resource.item_in((yield Send(reading.request)).value) or {}
        change = change_of(vendor.contract, resource, row)
        if change is not None:
            yield Send((yield change.of(item)).request)
    return item


def _differing(
    resource: Resource, row: Row | None, first: Exchange, again: Exchange
) -> list[tuple[str, Any, Any]]:
    """Name, value of the item and value in the list, of what stayed as it was meanwhile."""
    before, after = resource.item_in(first.value), resource.item_in(again.value)
    if row is None or not before or not after:
        return []
    moving = {path for path, _, _ in differences(before, after)}
    wrong = [found for found in differences(after, row) if found[0] not in moving]
    return [(path.strip("/"), shown, told) for path, shown, told in wrong]


list_agrees_with_item.healthy(Shelf)


@list_agrees_with_item.broken
class Indexed(Shelf):
    """Lists items as they were when they were created."""

    def __init__(self) -> None:
        super().__init__()
        self.index: dict[str, dict[str, Any]] = {}

    def create(self, request: Request) -> Response:
        """Create, and index."""
        answer = super().create(request)
        self.index |= {id: dict(row) for id, row in self.items.items() if id not in self.index}
        return answer

    def list(self, request: Request) -> Response:
        """What was indexed."""
        return self.json(200, {"data": list(self.index.values())}, request)

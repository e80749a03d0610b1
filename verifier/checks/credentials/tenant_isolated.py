"""
One customer of the vendor's cannot see or change what is another's.

Why it matters
    A vendor that looks items up by their id alone shows our data to every other customer, and
    theirs to us: the most frequent hole in APIs, and the one that must be reported to authorities.

How it asks
    It creates an item. Another tenant's principal reads, lists and changes it; the owner reads it
    back. An id that nobody gave out must be refused alike.

Limits
    Without permission to write it takes an item that exists. That one may be there for everybody,
    as a catalogue is: where the other customer's own list shows it too, or there is none, a person
    must say. Of a long list three pages are read.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from msgspec.structs import replace

from verifier.checks.changing import change_of, changeable
from verifier.checks.crossing import crossed, doubted
from verifier.checks.effects import census, there
from verifier.checks.holders import locked, needs_stranger, stranger
from verifier.checks.provoking import stranger_to
from verifier.checks.scoped import SCOPED, Office
from verifier.model import (
    Create,
    Draw,
    Effect,
    Existing,
    Finding,
    Flow,
    Item,
    Level,
    Question,
    Request,
    Resource,
    Response,
    Send,
    Severity,
    Step,
    Vendor,
    check,
)

Asked = Generator[Step, Any, list[Finding]]
REFUSED = frozenset({401, 403, 404, 410})


@check(
    question=Question.CREDENTIALS,
    severity=Severity.BLOCKER,
    effect=Effect.READ,
    source="OWASP API1:2023 (broken object level authorization); RFC 9110, 15.5.4",
    catches=("cross-tenant-read", "cross-tenant-list"),
    price=11,
    applies=lambda resource: "" if resource.read else "no operation reads one of it",
    needs=needs_stranger,
)
def tenant_isolated(resource: Resource, vendor: Vendor) -> Flow:
    made = bool(resource.create) and vendor.writable
    if made:
        item = (yield Create(resource=resource.name)).item
    else:
        item = yield Existing(resource=resource.name)
    found = yield from _read(resource, vendor, item)
    listed = yield from _listed(resource, vendor, item)
    found += listed
    if not made and (listed or not resource.list):
        return [doubted(finding) for finding in found]
    if vendor.writable and not changeable(resource):
        found += yield from _changed(resource, vendor, item)
    if found:
        yield from locked(vendor)
    return found


def _read(resource: Resource, vendor: Vendor, item: Item) -> Asked:
    mine = yield Draw(operation=resource.read, path=item.path)
    yield from there(resource, (yield Send(mine.request)))
    theirs = yield Send(mine.request.as_(stranger(vendor)))
    unknown = stranger_to(item.path.get(resource.id_parameter, item.id))
    path = {**item.path, resource.id_parameter: unknown}
    drawn = yield Draw(operation=resource.read, path=path)
    none = yield Send(drawn.request.as_(stranger(vendor)))
    ours = resource.id_in(theirs.value) == item.id and resource.id_in(none.value) != unknown
    if theirs.succeeded and (ours or not none.succeeded):
        return [crossed(resource, "read", resource.read, (theirs.id, none.id), theirs.answer)]
    if theirs.status == none.status or {theirs.status, none.status} - REFUSED:
        return []
    seen = f"{theirs.answer} for another's, {none.answer} for none"
    found = crossed(resource, "guess", resource.read, (theirs.id, none.id), seen)
    return [replace(found, level=Level.WARNING, severity=Severity.MINOR)]


def _listed(resource: Resource, vendor: Vendor, item: Item) -> Asked:
    seen = yield from census(vendor.contract, resource, item.path, as_=stranger(vendor))
    if item.id not in seen.rows:
        return []
    return [crossed(resource, "list", resource.list, seen.evidence, f"the id {item.id}")]


def _changed(resource: Resource, vendor: Vendor, item: Item) -> Asked:
    """Another tenant changes it: what counts is what its owner reads afterwards."""
    reading = yield Draw(operation=resource.read, path=item.path)
    before = yield Send(reading.request)
    change = change_of(vendor.contract, resource, resource.item_in(before.value) or {})
    if change is None:
        return []
    drawn = yield change.of(item)
    tried = yield Send(drawn.request.as_(stranger(vendor)))
    after = yield Send(reading.request)
    if not change.shown_in(resource.item_in(after.value) or {}):
        return []
    ids = (before.id, tried.id, after.id)
    return [crossed(resource, "change", change.operation, ids, f"{change.name} as they sent it")]


tenant_isolated.healthy(Office, document=SCOPED)


@tenant_isolated.broken(document=SCOPED)
class Shared(Office):
    """Knows items by their id alone."""

    def item(self, request: Request, id: str) -> Response:
        """Whosever it is."""
        return super(Office, self).item(request, id)


@tenant_isolated.broken(document=SCOPED)
class Chatty(Office):
    """Says of another's item that it is another's."""

    def item(self, request: Request, id: str) -> Response:
        """403 in place of 404."""
        ours = self.owns(self.items[id])
        return super().item(request, id) if ours else self.problem(403, "Not yours")

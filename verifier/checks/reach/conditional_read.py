"""
What has not changed need not be read again, and what has changed is.

Why it matters
    A tag that is honoured makes asking often cheap. A tag that stays the same when the item
    changes is worse than none: caches and clients go on with what is not true any more.

How it asks
    It reads an item and asks for it again unless it is the same (If-None-Match, If-Modified-Since):
    that must be 304. Then it changes the item: the same question must bring the new state.

Limits
    A vendor whose document promises nothing is only warned. Without permission to write nothing is
    changed.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from verifier.checks.changing import change_of, changeable
from verifier.checks.tagged import TAGGED, UNTAGGED, TaggedShelf
from verifier.model import (
    Create,
    Draw,
    Effect,
    Exchange,
    Existing,
    Finding,
    Flow,
    Item,
    Level,
    Missing,
    Question,
    Request,
    Resource,
    Send,
    Severity,
    Step,
    Vendor,
    check,
)

PRECONDITION_REQUIRED = 428
VALIDATORS = (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))


def _promised(resource: Resource, vendor: Vendor) -> bool:
    operation = vendor.contract.operation(resource.read)
    taken = {p.name.lower() for p in operation.parameters_in("header")}
    known = any(spec.status == "304" for spec in operation.responses)
    return known or not taken.isdisjoint({"if-none-match", "if-modified-since"})


@check(
    question=Question.REACH,
    severity=Severity.MINOR,
    effect=Effect.READ,
    source="RFC 9110, 13.1.2 and 8.8.3",
    catches="etag-frozen",
    price=7,
    applies=lambda resource: "" if resource.read else "no operation reads one of it",
)
def conditional_read(resource: Resource, vendor: Vendor) -> Flow:
    writing, name = vendor.writable and not changeable(resource), resource.name
    item = (yield Create(resource=name)).item if writing else (yield Existing(resource=name))
    reading = yield Draw(operation=resource.read, path=item.path)
    first = yield Send(reading.request)
    asking = _unless_same(reading.request, first)
    if not first.succeeded:
        yield Missing(reason=f"one of {resource.name} could not be read: it {first.answer}")
    if asking is None:
        yield UNTAGGED
        return ()
    level = Level.FAIL if _promised(resource, vendor) else Level.WARNING
    same = yield Send(asking)
    findings = [_not_honoured(resource, first, same, level)] if same.status == 200 else []
    if writing:
        findings += yield from _changed(resource, vendor, item, first, asking)
    return findings


def _unless_same(request: Request, first: Exchange) -> Request | None:
    """The question that is to be answered with 304; None where the answer has no validator."""
    for shown, asked in VALIDATORS:
        value = first.response.header(shown) if first.response else None
        if value:
            return request.with_header(asked, value)
    return None


def _changed(
    resource: Resource, vendor: Vendor, item: Item, first: Exchange, asking: Request
) -> Generator[Step, Any, list[Finding]]:
    tag = first.response.header("etag") if first.response else None
    change = change_of(vendor.contract, resource, resource.item_in(first.value) or {})
    if not tag or change is None:
        return []
    drawn = yield change.of(item)
    changed = yield Send(drawn.request)
    if changed.status == PRECONDITION_REQUIRED:
        changed = yield Send(drawn.request.with_header("If-Match", tag))
    again = yield Send(asking.without_header("If-None-Match"))
    if not changed.succeeded or not change.shown_in(resource.item_in(again.value) or {}):
        return []
    still = yield Send(asking)
    new = again.response.header("etag") if again.response else None
    if new != tag and still.status != 304:
        return []
    return [
        Finding(
            says=f"The ETag of {resource.name} does not change when they do.",
            signature="etag-frozen",
            operation=resource.read,
            evidence=(first.id, changed.id, again.id, still.id),
            expected="another ETag after the change, and the new state",
            seen=f"{new} before and after" if new == tag else "304 after the change",
            severity=Severity.MAJOR,
            ask="Make the ETag of what is represented, not of its id.",
            build="Do not use this vendor's ETags.",
        )
    ]


def _not_honoured(resource: Resource, first: Exchange, same: Exchange, level: Level) -> Finding:
    return Finding(
        says=f"It sends a tag with {resource.name}, and does not honour it.",
        signature="condition-ignored",
        operation=resource.read,
        evidence=(first.id, same.id),
        expected="304",
        seen=same.answer,
        level=level,
        ask="Answer If-None-Match with 304 where nothing has changed.",
        build="Compare the tag ourselves; the whole item is sent every time.",
    )


conditional_read.healthy(TaggedShelf, document=TAGGED)


@conditional_read.broken(document=TAGGED)
class Frozen(TaggedShelf):
    """Makes tags of ids."""

    def tag(self, id: str) -> str:
        """Always the same."""
        return f'"{id}"'

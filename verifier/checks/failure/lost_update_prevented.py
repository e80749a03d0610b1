"""
A change that was made against an older version is refused, where versions are told.

Why it matters
    Two people open the same order; both save. Without a check of versions the second save undoes
    the first, and nobody is told.

How it asks
    It creates an item, changes it under its tag (If-Match), and then makes another change under the
    tag that is out of date: it must be refused (412), and not be there afterwards.

Limits
    Without a tag on what is read there is nothing to be tried: that is told as information. A
    success is no fault where the same change had been made already.
"""

from __future__ import annotations

from verifier.checks.changing import change_of, changeable
from verifier.checks.effects import there
from verifier.checks.tagged import TAGGED, TaggedShelf
from verifier.model import (
    Create,
    Draw,
    Effect,
    Exchange,
    Finding,
    Flow,
    Level,
    Missing,
    Question,
    Request,
    Resource,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)


@check(
    question=Question.FAILURE,
    severity=Severity.MAJOR,
    effect=Effect.WRITE,
    source="RFC 9110, 13.1.1 (If-Match: the method must not be performed)",
    catches="stale-if-match-applied",
    price=7,
    applies=changeable,
)
def lost_update_prevented(resource: Resource, vendor: Vendor) -> Flow:
    item = (yield Create(resource=resource.name)).item
    reading = yield Draw(operation=resource.read, path=item.path)
    first = yield Send(reading.request)
    yield from there(resource, first)
    tag = first.response.header("etag") if first.response else None
    if not tag:
        return (_no_versions(resource, first),)
    change = change_of(vendor.contract, resource, resource.item_in(first.value) or {})
    if change is None:
        yield Missing(reason="nothing plain in it can be changed")
        return ()
    changed = yield Send((yield change.of(item)).request.with_header("If-Match", tag))
    between = yield Send(reading.request)
    other = change_of(vendor.contract, resource, resource.item_in(between.value) or {})
    new = between.response.header("etag") if between.response else None
    if not changed.succeeded or other is None or new == tag:
        yield Missing(
            reason="a change does not make another version",
            supply="tags that change; see reach.conditional-read",
        )
        return ()
    late = yield Send((yield other.of(item)).request.with_header("If-Match", tag))
    after = yield Send(reading.request)
    if late.status == 412 or not other.shown_in(resource.item_in(after.value) or {}):
        return ()
    return (
        Finding(
            says=f"A change of {resource.name} made against an older version is applied.",
            signature="stale-if-match-applied",
            operation=other.operation,
            evidence=(first.id, changed.id, late.id, after.id),
            expected="412, and the first change still there",
            seen=f"{late.answer}, and the second change",
            ask="Compare If-Match with the version that is there, before anything is done.",
            build="Read just before each change, and keep one writer an item.",
        ),
    )


def _no_versions(resource: Resource, first: Exchange) -> Finding:
    return Finding(
        says=f"Two who change the same one of {resource.name} are not told of each other: "
        "no version is shown.",
        signature="no-precondition",
        operation=resource.read,
        evidence=(first.id,),
        expected="an ETag, and If-Match on changes",
        seen="no ETag",
        level=Level.INFORMATION,
        ask="Can a change be refused if somebody else was faster?",
        build="Keep one writer an item, and read just before each change.",
    )


lost_update_prevented.healthy(TaggedShelf, document=TAGGED)


@lost_update_prevented.broken(document=TAGGED)
class Heedless(TaggedShelf):
    """Takes no notice of versions."""

    def late(self, request: Request, id: str) -> Response:
        """Done all the same."""
        return self.update(request, id)

"""
An update can be read, and changes nothing else.

Why it matters
    An update that is lost leaves two systems in disagreement with both sure of themselves; one that
    changes more than it was asked to destroys data that nobody touched.

How it asks
    It creates an item, changes one text, number or choice of it, and reads the item before and
    after.

Limits
    Members that only the vendor writes (readOnly, or not part of what can be written) may change,
    and so may those that tell by their name when, or how often, an item was changed. A full
    replacement (PUT) is sent whole, with one member changed.
"""

from __future__ import annotations

from collections.abc import Mapping

from verifier.checks.changing import change_of, changeable
from verifier.checks.comparing import hidden, tells_state
from verifier.checks.effects import there
from verifier.checks.members import members
from verifier.checks.specimens import Shelf
from verifier.model import (
    Create,
    Draw,
    Effect,
    Finding,
    Flow,
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
    question=Question.CONTRACT,
    severity=Severity.BLOCKER,
    effect=Effect.WRITE,
    source="RFC 5789, 2; RFC 9110, 9.3.4",
    catches="update-lost",
    price=6,
    applies=changeable,
)
def update_is_visible(resource: Resource, vendor: Vendor) -> Flow:
    created = yield Create(resource=resource.name)
    reading = yield Draw(operation=resource.read, path=created.item.path)
    before = yield Send(reading.request)
    yield from there(resource, before)
    old = resource.item_in(before.value) or {}
    change = change_of(vendor.contract, resource, old)
    if change is None:
        yield Missing(reason="nothing plain in it can be changed")
        return ()
    updating = yield change.of(created.item)
    updated = yield Send(updating.request)
    if not updated.succeeded or updated.status == 202:
        yield Missing(reason=f"nothing was changed yet: it {updated.answer}")
    after = yield Send(reading.request)
    new, sent = (resource.item_in(after.value) or {}), updating.case.draft.body
    value = sent.get(change.name) if isinstance(sent, Mapping) else change.value
    lost = [change.name] if new.get(change.name) != value else []
    known = members(vendor.contract.operation(change.operation))
    kept = known.keys() - (sent.keys() if isinstance(sent, Mapping) else set())
    kept = {name for name in kept if not (tells_state(name) or hidden(old.get(name)))}
    moved = [k for k in kept if k in old and old[k] != new.get(k) and resource.update]
    ids = (before.id, updated.id, after.id)
    return [_finding(resource, change.operation, k, "lost", ids) for k in lost] + [
        _finding(resource, change.operation, k, "changed-too", ids) for k in sorted(moved)
    ]


def _finding(resource: Resource, key: str, member: str, how: str, ids: tuple[str, ...]) -> Finding:
    lost = how == "lost"
    says = (
        f"A change of {member} in {resource.name} was answered with success and cannot be read."
        if lost
        else f"Changing one member of {resource.name} changed {member} too."
    )
    return Finding(
        says=says,
        signature=f"update-{how}:{member}",
        operation=key,
        evidence=ids,
        expected="the new value, and every other member as it was",
        seen=f"{member} {'is not what was sent' if lost else 'is another than before'}",
        ask=f"Apply updates to {member} as sent." if lost else f"Leave {member} alone.",
        build="Read back after every update and compare.",
    )


update_is_visible.healthy(Shelf)


@update_is_visible.broken
class Deaf(Shelf):
    """Says updated, and keeps the old."""

    def update(self, request: Request, id: str) -> Response:
        """Change nothing."""
        return self.read(request, id)


@update_is_visible.broken
class Clumsy(Shelf):
    """Loses what was not mentioned."""

    def update(self, request: Request, id: str) -> Response:
        """Keep only what the body has."""
        given, _ = self.parse(request)
        kept = ("id", "name", "created_at", *given)
        self.items[id] = {k: v for k, v in self.items[id].items() if k in kept}
        return super().update(request, id)

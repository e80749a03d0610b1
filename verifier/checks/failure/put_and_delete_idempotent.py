"""
Replacing or deleting twice is the same as once.

Why it matters
    PUT and DELETE are the requests that every library repeats by itself when an answer is lost.
    They must not add up.

How it asks
    It creates an item, replaces it twice by the same request, and reads it after each. Then it
    deletes it twice: the second time must not fail, and another, made for that, must remain.

Limits
    Times of change and versions may go on; whether the second deletion answers 204, 404 or 410 is
    the vendor's choice.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from verifier.checks.comparing import differences, short, tells_state
from verifier.checks.effects import failed
from verifier.checks.replaceable import REPLACEABLE, ReplaceableShelf
from verifier.model import (
    Create,
    Draw,
    Effect,
    Finding,
    Flow,
    Item,
    Missing,
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

Part = Generator[Step, Any, list[Finding]]  # why it saw nothing is added to ``unseen``


def _applies(resource: Resource, vendor: Vendor) -> str:
    if not (resource.create and resource.read):
        return "it is not created and read"
    either = _puts(resource, vendor) or resource.delete
    return "" if either else "it is neither replaced by PUT nor deleted"


@check(
    question=Question.FAILURE,
    severity=Severity.MAJOR,
    effect=Effect.DELETE,
    source="RFC 9110, 9.2.2 (idempotent methods)",
    catches="put-appends",
    price=12,
    applies=_applies,
)
def put_and_delete_idempotent(resource: Resource, vendor: Vendor) -> Flow:
    item = (yield Create(resource=resource.name)).item
    found: list[Finding] = []
    unseen: list[str] = []
    if _puts(resource, vendor):
        found += yield from _replaced(resource, item, unseen)
    if resource.delete:
        found += yield from _deleted(resource, item, unseen)
    if unseen and not found:
        yield Missing(reason="; ".join(unseen))
    return found


def _puts(resource: Resource, vendor: Vendor) -> bool:
    return bool(resource.replace) and vendor.contract.operation(resource.replace).method == "PUT"


def _replaced(resource: Resource, item: Item, unseen: list[str]) -> Part:
    replacing = yield Draw(operation=resource.replace, path=item.path)
    reading = yield Draw(operation=resource.read, path=item.path)
    once = yield Send(replacing.request)
    first = yield Send(reading.request)
    twice = yield Send(replacing.request)
    second = yield Send(reading.request)
    mute = failed(once, first, twice, second)
    before, after = (resource.item_in(read.value) or {} for read in (first, second))
    if mute or not before or not after:
        unseen.append(f"replacing twice could not be seen: {mute or 'a read showed no item'}")
        return []
    return [
        Finding(
            says=f"Replacing one of {resource.name} twice is not the same as once: "
            f"{path.strip('/')} differs.",
            signature=f"put-not-idempotent:{path.split('/')[1]}",
            operation=resource.replace,
            evidence=(once.id, first.id, twice.id, second.id),
            expected=short(old),
            seen=short(new),
            ask="Let PUT replace the whole item, whatever was there.",
            build="Do not repeat a PUT by itself; read first.",
        )
        for path, old, new in differences(before, after)
        if not tells_state(path)
    ][:1]


def _deleted(resource: Resource, item: Item, unseen: list[str]) -> Part:
    other = (yield Create(resource=resource.name)).item
    reading = yield Draw(operation=resource.read, path=other.path)
    there = yield Send(reading.request)
    deleting = (yield Draw(operation=resource.delete, path=item.path)).request
    once, twice = (yield Send(deleting)), (yield Send(deleting))
    still = yield Send(reading.request)
    if mute := ("another is the same one again" if other.id == item.id else failed(there, once)):
        unseen.append(f"deleting twice could not be seen: {mute}")
        return []
    if twice.status >= 500:
        kind, says = "5xx", f"Deleting twice makes it fail: {twice.answer}."
    elif still.status in (404, 410):
        kind, says = "removes-another", f"Deleting one of {resource.name} twice removes another."
    else:
        return []
    return [
        Finding(
            says=says,
            signature=f"delete-not-idempotent:{kind}",
            operation=resource.delete,
            evidence=(once.id, twice.id, still.id),
            expected="404, 410 or 204, and nothing else changed",
            seen=says,
            ask="Answer a second deletion with 404 or 204.",
            build="Take a failed deletion for done where a read answers 404.",
        )
    ]


put_and_delete_idempotent.healthy(ReplaceableShelf, document=REPLACEABLE)


@put_and_delete_idempotent.broken(document=REPLACEABLE)
class Merging(ReplaceableShelf):
    """Puts what comes behind what is there."""

    def replace(self, request: Request, id: str) -> Response:
        """Longer every time."""
        old, answer = self.items[id].get("name", ""), super().replace(request, id)
        self.items[id]["name"] = f"{old} {self.items[id]['name']}"
        return answer

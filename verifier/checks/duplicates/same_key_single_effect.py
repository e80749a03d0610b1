"""
The same request under the same idempotency key, sent twice, has one effect.

Why it matters
    An answer that is lost on its way is the everyday case. Whoever asks again, as every careful
    client does, must not be charged again.

How it asks
    It creates something under a fresh key, sends the very same request again, and counts by
    reading back how many came of it. The second answer must be the first one.

Limits
    Where neither a list nor a read shows what was created, nothing is proved and the check is
    *not tested*. A second item that no list shows remains unseen.
"""

from __future__ import annotations

from typing import Any

from verifier.checks.comparing import short
from verifier.checks.duplicates import Order, creates_with_key, invisible, ordered, succeeded
from verifier.checks.effects import Effects, census, effects_of
from verifier.checks.keyed import KEYED, KeyedShelf
from verifier.model import (
    Effect,
    Exchange,
    Finding,
    Flow,
    Level,
    Operation,
    Question,
    Request,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)


@check(
    question=Question.DUPLICATES,
    severity=Severity.BLOCKER,
    effect=Effect.WRITE,
    source="draft-ietf-httpapi-idempotency-key-header-07, 2.6",
    catches=("replay-creates-again", "replay-answers-differently"),
    price=12,
    applies=creates_with_key,
)
def same_key_single_effect(operation: Operation, vendor: Vendor) -> Flow:
    order = yield from ordered(vendor, operation)
    before = yield from census(vendor.contract, order.resource, order.path)
    first = yield Send(order.request)
    yield from succeeded(order.resource, first)
    again = yield Send(order.request)
    found = yield from effects_of(
        vendor, order.resource, before, (first, again), order.sent, order.path
    )
    if len(found.ids) > found.of_one:
        return (_twice(operation, order, (first, again), found),)
    if not found.ids:
        yield invisible(order.resource)
    return _answered(operation, order, first, again)


def _twice(operation: Operation, order: Order, sent: Any, found: Effects) -> Finding:
    first, again = sent
    return Finding(
        says=f"Asked twice under one idempotency key, it created {len(found.ids)} "
        f"{order.resource.name}.",
        signature="replay-creates-again",
        operation=operation.key,
        at=operation.at,
        evidence=(first.id, again.id, *found.evidence),
        expected=f"one of {order.resource.name}, and the first answer again",
        seen=f"{len(found.ids)}: {', '.join(found.ids[:5])}",
        ask=f"Make {order.carrier.detail['name']} work: answer a repeated request with the first "
        "result.",
        build="Before repeating a creation, look for what the first attempt made by a reference "
        "of our own.",
    )


def _answered(
    operation: Operation, order: Order, first: Exchange, again: Exchange
) -> tuple[Finding, ...]:
    """One effect; but is the second answer of any use to whoever lost the first?"""
    mine = order.resource.item_in(first.value) or {}
    theirs = order.resource.item_in(again.value) or {}
    same = order.resource.id_of(mine) == order.resource.id_of(theirs)
    if again.succeeded and same:
        return ()
    return (
        Finding(
            says="A repeated request does nothing twice, but is not told the first result.",
            signature="replay-answers-differently",
            operation=operation.key,
            at=operation.at,
            evidence=(first.id, again.id),
            expected=f"{first.answer} with the id {short(order.resource.id_of(mine))}",
            seen=again.answer
            + (f" with the id {short(order.resource.id_of(theirs))}" if theirs else ""),
            severity=Severity.MAJOR,
            level=Level.FAIL if again.succeeded else Level.WARNING,
            ask="Answer a repeated request with the first result.",
            build="Treat this answer as 'done before', and read the result by its reference.",
        ),
    )


same_key_single_effect.healthy(KeyedShelf, document=KEYED)


@same_key_single_effect.broken(document=KEYED)
class Forgetful(KeyedShelf):
    """Takes the key, and does not remember it."""

    def remember(self, place: tuple[str, str], request: Request, answer: Response) -> None:
        """Keep nothing."""


@same_key_single_effect.broken(document=KEYED)
class Curt(KeyedShelf):
    """Remembers the key, but answers with something else."""

    def remember(self, place: tuple[str, str], request: Request, answer: Response) -> None:
        """Keep that it was done, not what came of it."""
        done = self.json(
            200, {"id": "it_000000", "name": "?", "created_at": "2026-01-01T00:00:00Z"}
        )
        super().remember(place, request, done)

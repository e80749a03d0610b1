"""
Many requests at once under one idempotency key have one effect.

Why it matters
    A double click, two workers that pick up the same job, a client that gives up too early: the
    second request often arrives while the first is still being carried out.

How it asks
    It writes five equal creations with one fresh key to five connections before it reads any
    answer, and counts by reading back what came of them. Conflicts (409) are right answers.

Limits
    Requests that the network or a proxy puts in a row show nothing. Failing to find a race is no
    proof that there is none.
"""

from __future__ import annotations

from verifier.checks.duplicates import creates_with_key, invisible, ordered
from verifier.checks.effects import census, effects_of
from verifier.checks.keyed import KEYED, KeyedShelf
from verifier.model import (
    Effect,
    Finding,
    Flow,
    Operation,
    Question,
    Request,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)

AT_ONCE = 5


@check(
    question=Question.DUPLICATES,
    severity=Severity.BLOCKER,
    effect=Effect.WRITE,
    source="draft-ietf-httpapi-idempotency-key-header-07, 2.6 (concurrent request)",
    catches="concurrent-duplicates",
    price=AT_ONCE + 10,
    applies=creates_with_key,
)
def concurrent_same_key(operation: Operation, vendor: Vendor) -> Flow:
    order = yield from ordered(vendor, operation)
    before = yield from census(vendor.contract, order.resource, order.path)
    answers = yield (Send(order.request),) * AT_ONCE
    found = yield from effects_of(vendor, order.resource, before, answers, order.sent, order.path)
    if not found.ids:
        yield invisible(order.resource)
    if len(found.ids) <= found.of_one:
        return ()
    return (
        Finding(
            says=f"{AT_ONCE} requests at once under one key created {len(found.ids)} "
            f"{order.resource.name}.",
            signature="concurrent-duplicates",
            operation=operation.key,
            at=operation.at,
            evidence=(*(answer.id for answer in answers), *found.evidence),
            expected=f"one of {order.resource.name}",
            seen=f"{len(found.ids)}: {', '.join(found.ids[:5])}",
            ask="Claim the key before the work begins, and answer 409 while it lasts.",
            build="Never send a creation again while an earlier attempt may still be under way.",
        ),
    )


concurrent_same_key.healthy(KeyedShelf, document=KEYED)


@concurrent_same_key.broken(document=KEYED)
class Racing(KeyedShelf):
    """Notices a key only when it comes for the third time."""

    def __init__(self) -> None:
        super().__init__()
        self.passed: list[tuple[str, str]] = []

    def remember(self, place: tuple[str, str], request: Request, answer: Response) -> None:
        """Keep the key from the third time on."""
        self.passed.append(place)
        if self.passed.count(place) > 2:
            super().remember(place, request, answer)

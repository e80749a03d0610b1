"""
What is refused for haste was not done.

Why it matters
    Everybody repeats what was refused with 429, for it says that nothing happened. If it did, each
    repetition makes another order, another charge, another mail.

How it asks
    While we are limited after a burst, one creation. If that is refused as well, the list is read
    before and after: nothing may have been added.

Limits
    It takes a list that can be read to its end, and a limit that holds for reading and writing
    alike: where the creation is let through, nothing is said. What such a refusal did create is
    named and has to be removed by hand, since nobody told us its address.
"""

from __future__ import annotations

from verifier.checks.meeting import limit_met, reachable
from verifier.checks.metered import METERED, Metered
from verifier.checks.waits import timeline
from verifier.model import (
    Effect,
    Finding,
    Flow,
    Missing,
    Question,
    Request,
    Response,
    Severity,
    Vendor,
    check,
)


def _needs(vendor: Vendor) -> Missing | None:
    if vendor.writable:
        return None
    return Missing(reason="writing was not allowed", supply="--allow-writes")


@check(
    question=Question.LIMITS,
    severity=Severity.BLOCKER,
    effect=Effect.BURST,
    source="RFC 6585, 4; RFC 9110, 15.5",
    catches="limited-but-applied",
    price=2,
    applies=reachable,
    needs=_needs,
)
def limited_has_no_effect(vendor: Vendor) -> Flow:
    met = yield from limit_met(vendor)
    write, created = met.write, met.created
    if write is None or created is None:
        yield Missing(
            reason="no creation was refused by the limit",
            supply="a limit that holds for a creation whose list can be read",
        )
        return ()
    if not created.ids and not created.shown:
        yield Missing(reason="what the refused creation left behind cannot be read back")
    if not created.ids:
        return ()
    return (
        Finding(
            says="What it refused for being asked too often was done all the same.",
            signature="limited-but-applied",
            operation=write.request.operation,
            evidence=(write.id, *created.evidence),
            expected="nothing new in the list",
            seen=f"{write.answer}, and {', '.join(created.ids[:3])} was created",
            ask="Refuse before anything is done, or do not refuse.",
            build="After a 429 to a write, look for what it made before it is repeated.",
            detail=timeline(met),
        ),
    )


limited_has_no_effect.healthy(Metered, document=METERED)


@limited_has_no_effect.broken(document=METERED)
class Racing(Metered):
    """Limits the answer, not the deed."""

    def beyond(self, request: Request) -> Response:
        """Done before it is refused."""
        if request.method == "POST" and self.admits(request):
            self.create(request)
        return super().beyond(request)

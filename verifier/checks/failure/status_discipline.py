"""
The status says whose fault it was.

Why it matters
    A client repeats what failed at the vendor's (5xx), waits after 429, and never repeats its own
    mistake (4xx). A mistake that is called an outage is sent again and again, and wakes somebody.

How it asks
    It reads the answers to requests that were broken in one way on purpose, and to bodies that are
    no JSON.

Limits
    That an outage is called a client's mistake cannot be shown from outside without one. A 503 is
    taken at its word: it says that nothing is done now, for whomever.
"""

from __future__ import annotations

from verifier.checks.specimens import Shelf
from verifier.model import (
    Effect,
    Finding,
    Findings,
    Observation,
    Question,
    Request,
    Response,
    Severity,
    Validity,
    check,
)

# What says nothing of the request.
OTHERWISE = frozenset({501, 503})


@check(
    question=Question.FAILURE,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="RFC 9110, 15.5 and 15.6 (4xx: the client seems to have erred)",
    catches="validation-as-500",
    inputs=(Validity.BROKEN,),
)
def status_discipline(seen: Observation) -> Findings | None:
    response = seen.exchange.response
    if response is None or response.status in OTHERWISE or response.header("retry-after"):
        return None
    if response.status < 500:
        return ()
    return (
        Finding(
            says=f"A mistake of the client's is answered with {response.status}, as if the vendor "
            "had failed.",
            signature=f"client-mistake-as-{response.status}",
            operation=seen.operation.key,
            at=seen.operation.at,
            evidence=(seen.exchange.id,),
            expected=f"400 or 422 ({seen.case.says})",
            seen=str(response.status),
            ask="Answer what the client did wrong with 4xx.",
            build="Repeat a 5xx a few times only, then give up and look at the request.",
        ),
    )


status_discipline.healthy(Shelf)


@status_discipline.broken
class Overwhelmed(Shelf):
    """Falls over what does not fit."""

    def parse(
        self, request: Request, required: tuple[str, ...] = ()
    ) -> tuple[dict[str, object], Response | None]:
        """500 for every refusal."""
        given, wrong = super().parse(request, required)
        return given, wrong and self.problem(500, "Something went wrong")

"""
No input makes the server fail.

Why it matters
    A 5xx says "try again", so an integration retries for ever what can never succeed, and the real
    mistake in the data stays hidden.

How it asks
    It looks at every answer to the valid and invalid requests drawn for an operation: Unicode, long
    text, zero, negative and huge numbers, deep and malformed bodies.

Limits
    501 is not a failure of input. An outage looks the same as a crash; the repetition from a clean
    state tells them apart only if the outage has ended. 502, 503 and 504 to a valid request are
    told as what they say of themselves: a part that is down.
"""

from __future__ import annotations

from verifier.checks.gist import gist
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

# What says of itself that it will pass; a valid request had no part in it.
OUTAGE = frozenset({502, 503, 504})
HANDLE = "Handle this input: accept it, or refuse it with a 4xx that names the field."
AT_REST = "Why was this down, and where do you tell of it?"
KINDS = {"valid": "a valid", "broken": "an invalid"}


@check(
    question=Question.CONTRACT,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="RFC 9110, 15.6",
    catches="crashes-on-unicode",
    inputs=(Validity.VALID, Validity.BROKEN),
)
def no_server_error(seen: Observation) -> Findings:
    status = seen.exchange.status
    if status < 500 or status == 501:
        return ()
    kind = seen.case.validity.value
    down = status in OUTAGE and seen.case.validity is Validity.VALID
    return (
        Finding(
            says=f"It answered {status} to {KINDS[kind]} request.",
            signature=f"server-error:{status}:{kind}",
            operation=seen.operation.key,
            at=seen.operation.at,
            evidence=(seen.exchange.id,),
            expected="2xx, or a 4xx that says what is wrong with the request",
            seen=f"{status} to: {seen.case.says}",
            cause=gist(seen.exchange),
            ask=AT_REST if down else HANDLE,
            build="Give up after a few retries of a 5xx and keep the record for a person.",
        ),
    )


no_server_error.healthy(Shelf)


@no_server_error.broken
class Fragile(Shelf):
    """Falls over a letter outside ASCII."""

    def create(self, request: Request) -> Response:
        """Crash on what is not ASCII."""
        fine = request.body.isascii()
        return super().create(request) if fine else self.problem(500, "UnicodeEncodeError")

"""
A credential that is empty, malformed, unknown or cut short is refused.

Why it matters
    If any token is taken for a good one, there is no lock on the door. If a bad one makes the
    server fail, an attacker can make it fail at will.

How it asks
    Up to three secured operations that only read, each without our credential, and where that is
    refused with four spoilt forms of it.

Limits
    A status other than 401 that refuses (400, 403) is accepted here. A door that stands open to
    everybody has no lock to be tried; see credentials.missing-refused.
"""

from __future__ import annotations

from verifier.checks.provoking import readable
from verifier.checks.specimens import Shelf
from verifier.model import (
    Draw,
    Effect,
    Exchange,
    Finding,
    Flow,
    Form,
    Missing,
    Operation,
    Question,
    Request,
    Send,
    Severity,
    Vendor,
    check,
)

MOST = 3
FORMS = (Form.EMPTY, Form.MALFORMED, Form.UNKNOWN, Form.TRUNCATED)


def _holds_a_key(vendor: Vendor) -> str:
    found = any(readable(vendor, secured=True)) and vendor.principals
    return "" if found or not vendor.live else "no secured operation, or no credential to spoil"


@check(
    question=Question.CREDENTIALS,
    severity=Severity.BLOCKER,
    effect=Effect.READ,
    source="RFC 9110, 15.5.2; RFC 6750, 3.1 (invalid_token)",
    catches="accepts-any-token",
    price=MOST * (1 + len(FORMS)),
    applies=_holds_a_key,
)
def garbage_refused(vendor: Vendor) -> Flow:
    findings: list[Finding] = []
    mute: list[str] = []
    doors = list(readable(vendor, secured=True))[:MOST]
    for operation in doors:
        drawn = yield Draw(operation=operation.key)
        bare = yield Send(drawn.request.with_credential(Form.ABSENT))
        if bare.succeeded or bare.response is None or bare.status >= 500:
            # Open, or down: that says nothing of credentials.
            mute.append(f"{operation.key} {bare.answer} without any")
            continue
        for form in FORMS:
            exchange = yield Send(drawn.request.with_credential(form))
            findings.extend(_judge(operation, form, exchange))
    if len(mute) == len(doors) and not findings:
        yield Missing(reason=f"whether credentials are looked at cannot be told: {mute[0]}")
    return findings


def _judge(operation: Operation, form: Form, exchange: Exchange) -> list[Finding]:
    let_in = exchange.succeeded
    if not let_in and exchange.status < 500:
        return []
    what = "let in" if let_in else f"answered {exchange.status} to"
    return [
        Finding(
            says=f"It {what} a credential that is {form.value}.",
            signature=f"garbage:{form.value}:{'let-in' if let_in else '5xx'}",
            operation=operation.key,
            at=operation.at,
            evidence=(exchange.id,),
            expected="401",
            seen=str(exchange.status),
            severity=None if let_in else Severity.MAJOR,
            ask="Refuse every credential that is not a known and valid one with 401.",
        )
    ]


garbage_refused.healthy(Shelf)


@garbage_refused.broken
class Credulous(Shelf):
    """Takes any token for a good one."""

    def admits(self, request: Request) -> bool:
        """Whoever shows something is let in."""
        return bool(request.header("authorization"))

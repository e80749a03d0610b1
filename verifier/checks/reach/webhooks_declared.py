"""
The vendor can tell us, so that we need not ask.

Why it matters
    Without webhooks every change is found by asking again and again: later, dearer, and against
    the limits.

How it asks
    It does not: it looks for webhooks, callbacks and operations that manage subscriptions.

Limits
    A vendor may push events that its document does not mention. Whether they arrive is not tried
    here. The absence is information, not a fault.
"""

from __future__ import annotations

from verifier.checks.specimens import document
from verifier.model import Contract, Effect, Finding, Findings, Level, Question, Severity, check


@check(
    question=Question.REACH,
    severity=Severity.NOTE,
    effect=Effect.NONE,
    source="OpenAPI 3.1.1, 4.8.1 (webhooks) and 4.8.18 Callback Object",
)
def webhooks_declared(contract: Contract) -> Findings:
    if contract.webhooks or contract.convention("webhooks"):
        return ()
    return (
        Finding(
            says="The document declares no webhooks: changes have to be asked for.",
            signature="no-webhooks",
            expected="webhooks or callbacks for the events that matter",
            seen="none",
            level=Level.INFORMATION,
            ask="Which events can be pushed to us, and where is that documented?",
            build="A poller with a schedule, a limit and an alert when it stops.",
        ),
    )


_PUSH = {"itemSold": {"post": {"responses": {"204": {"description": "Taken."}}}}}
webhooks_declared.healthy(document=document(webhooks=_PUSH))
webhooks_declared.broken(document=document())

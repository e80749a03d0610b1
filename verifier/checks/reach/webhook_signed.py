"""
An event proves who sent it, and when.

Why it matters
    The address that events are sent to is no secret for long. Without a signature that fits,
    anybody can tell us that an invoice was paid; without a time in it, a true one can be repeated.

How it asks
    It brings events about at an address of ours. The signature of each is computed from its raw
    bytes with the secret that the vendor gave out when the address was registered, or that is named
    in vendor.yaml: Standard Webhooks, Stripe, GitHub, Shopify, and plain HMAC-SHA256.

Limits
    Where the secret is not known, a signature is not judged. RFC 9421 and asymmetric keys are not
    recognised. A scheme without a time is a warning.
"""

from __future__ import annotations

from verifier.checks.hearing import Heard, heard, pushes
from verifier.checks.hooked import HOOKED, Hooked
from verifier.model import (
    Delivery,
    Effect,
    Finding,
    Flow,
    Level,
    Missing,
    Question,
    Severity,
    Vendor,
    check,
)

OLDEST_SECONDS = 300.0


@check(
    question=Question.REACH,
    severity=Severity.MAJOR,
    effect=Effect.WRITE,
    source="Standard Webhooks 1.0.0 (signature scheme); RFC 2104",
    catches=("webhook-unsigned", "webhook-signature-wrong"),
    price=1,
    applies=pushes,
)
def webhook_signed(vendor: Vendor) -> Flow:
    told = yield from heard(vendor)
    if not told.first:
        yield Missing(reason="no event came", supply="a webhook that is delivered")
    signed = [d for d in told.first if d.signature.scheme != "none"]
    if len(signed) < len(told.first):
        says = "Its events are not signed: anybody could have sent them."
        plain = next(d for d in told.first if d.signature.scheme == "none")
        return (_finding(told, plain, says, "webhook-unsigned", "no signature", Level.FAIL),)
    wrong = next((d for d in signed if d.signature.valid is False), None)
    if wrong is not None:
        says = "The signature of its events does not fit their body."
        seen = f"{wrong.signature.scheme} in {wrong.signature.header}, which does not fit"
        return (_finding(told, wrong, says, "webhook-signature-wrong", seen, Level.FAIL),)
    if any(d.signature.valid is None for d in signed):
        yield Missing(
            reason=f"its events are signed ({signed[0].signature.scheme}), with a secret that we "
            "do not know",
            supply="webhooks: {secret: ${ENV_NAME}} in vendor.yaml",
        )
    return _timed(told, signed)


def _timed(told: Heard, signed: list[Delivery]) -> tuple[Finding, ...]:
    bare = next((d for d in signed if d.signature.age_seconds is None), None)
    if bare is not None:
        says = "The signature of its events has no time in it: a true one can be repeated."
        seen = f"{bare.signature.scheme}, without a time"
        return (_finding(told, bare, says, "webhook-untimed", seen, Level.WARNING),)
    old = next((d for d in signed if abs(d.signature.age_seconds or 0) > OLDEST_SECONDS), None)
    if old is None:
        return ()
    says = "The time in the signature of its events is not the time at which they are sent."
    seen = f"{old.signature.age_seconds:.0f} s old"
    return (_finding(told, old, says, "webhook-stale", seen, Level.WARNING),)


def _finding(
    told: Heard, delivery: Delivery, says: str, signature: str, seen: str, level: Level
) -> Finding:
    return Finding(
        says=says,
        signature=signature,
        operation=told.trigger.resource.create,
        at=told.trigger.hook.at if told.trigger.hook else None,
        evidence=(delivery.id,),
        expected="a signature over the body and the time, under the secret that was given out",
        seen=seen,
        level=level,
        ask="Sign events as Standard Webhooks say, over id, time and body.",
        build="Take an event as a hint only: read the thing itself with our own key.",
    )


webhook_signed.healthy(Hooked, document=HOOKED)


@webhook_signed.broken(document=HOOKED)
class Bare(Hooked):
    """Does not know the secret."""

    def headers(self, id: str, at: int, body: bytes) -> tuple[tuple[str, str], ...]:
        """Only the id."""
        return (("webhook-id", id),)


@webhook_signed.broken(document=HOOKED)
class Rewriting(Hooked):
    """Writes the body anew between signing and sending."""

    def headers(self, id: str, at: int, body: bytes) -> tuple[tuple[str, str], ...]:
        """Of another body."""
        return super().headers(id, at, body + b" ")

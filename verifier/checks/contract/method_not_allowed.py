"""
A method that the document does not offer is refused, and the refusal says which ones are.

Why it matters
    A hidden method is an untested door. The list of methods in a 405 lets a client tell a mistake
    in its code from a missing right.

How it asks
    Once per path, with a method that the document does not have there: GET where there is none,
    else TRACE. Against a mock also PUT, PATCH and DELETE.

Limits
    Methods that change something are never tried on a live vendor. 404, 501 and 403 are accepted
    as refusals.
"""

from __future__ import annotations

from verifier.checks.specimens import Shelf
from verifier.model import (
    Draw,
    Effect,
    Environment,
    Exchange,
    Finding,
    Flow,
    Missing,
    Operation,
    Question,
    Request,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)

# What is said whatever was asked for; 501 does refuse a method (RFC 9110, 15.6.2).
DOWN = frozenset({500, 502, 503, 504})


def _first_of_its_path(operation: Operation, vendor: Vendor) -> str:
    same = next(o for o in vendor.contract.operations if o.path == operation.path)
    return "" if same.key == operation.key else "its path is asked under another method"


@check(
    question=Question.CONTRACT,
    severity=Severity.MINOR,
    effect=Effect.READ,
    source="RFC 9110, 15.5.6 (405 must carry Allow)",
    catches="serves-any-method",
    price=2,
    applies=_first_of_its_path,
)
def method_not_allowed(operation: Operation, vendor: Vendor) -> Flow:
    offered = {o.method for o in vendor.contract.operations if o.path == operation.path}
    drawn = yield Draw(operation=operation.key)
    plain = drawn.request.without_header("Content-Type")
    findings: list[Finding] = []
    mute = ""
    for method in _candidates(offered, vendor):
        request = Request(
            method=method, path=plain.path, headers=plain.headers, identity=plain.identity
        )
        exchange = yield Send(request)
        if exchange.response is None or exchange.status in DOWN:
            mute = f"{method} {exchange.answer}"
        findings.extend(_judge(operation, method, exchange))
    if mute and not findings:
        yield Missing(reason=f"whether it refuses other methods cannot be told: {mute}")
    return findings


def _candidates(offered: set[str], vendor: Vendor) -> list[str]:
    safe = ["TRACE" if "GET" in offered else "GET"]
    if vendor.environment is Environment.MOCK:
        safe += [m for m in ("PUT", "PATCH", "DELETE") if m not in offered][:1]
    return safe


def _judge(operation: Operation, method: str, exchange: Exchange) -> list[Finding]:
    if exchange.response is None:
        return []
    if exchange.succeeded:
        says = f"It served {method}, which the document does not offer at {operation.path}."
        signature, expected = f"served:{method}", "405 with Allow"
    elif exchange.status == 405 and exchange.response.header("allow") is None:
        says = "Its 405 does not say which methods are allowed (no Allow header)."
        signature, expected = "405-without-allow", "an Allow header"
    else:
        return []
    return [
        Finding(
            says=says,
            signature=signature,
            operation=operation.key,
            at=operation.at,
            evidence=(exchange.id,),
            expected=expected,
            seen=f"{method} {exchange.answer}",
            ask="Answer 405 with an Allow header to methods that are not offered.",
        )
    ]


method_not_allowed.healthy(Shelf)


@method_not_allowed.broken
class Obliging(Shelf):
    """Serves whatever method it is asked with."""

    def problem(self, status: int, title: str, *headers: tuple[str, str]) -> Response:
        """Success instead of 405."""
        return self.json(200, {}) if status == 405 else super().problem(status, title, *headers)


@method_not_allowed.broken
class Terse(Shelf):
    """Refuses without saying what is allowed."""

    def problem(self, status: int, title: str, *headers: tuple[str, str]) -> Response:
        """A 405 without Allow."""
        return super().problem(status, title, *(headers if status != 405 else ()))

"""
A credential does not come back in an answer.

Why it matters
    Answers are logged, shown in tickets and kept by caches, with far less care than keys are. An
    error message that repeats the token that it refuses hands it to all of them.

How it asks
    Up to two secured operations that only read: with our credential as it is, cut short, and with
    one that is unknown. Their answers are searched for it, headers included.

Limits
    What is shorter than four characters is not recognised. An answer that is meant to show a key
    (the creation of one) is not asked for.
"""

from __future__ import annotations

import re

from verifier.checks.provoking import readable
from verifier.checks.specimens import Shelf
from verifier.model import (
    UNKNOWN_CREDENTIAL,
    Draw,
    Effect,
    Exchange,
    Finding,
    Flow,
    Form,
    Question,
    Request,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)

MOST = 2
FORMS = (Form.INTACT, Form.TRUNCATED, Form.UNKNOWN)
LONGEST_BODY = 200_000


def _holds_a_key(vendor: Vendor) -> str:
    found = any(readable(vendor, secured=True)) and vendor.principals
    return "" if found or not vendor.live else "no secured operation, or no credential to look for"


@check(
    question=Question.CREDENTIALS,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="CWE-209; OWASP API2:2023 and API8:2023",
    catches="echoes-token",
    price=MOST * len(FORMS),
    applies=_holds_a_key,
)
def secret_not_echoed(vendor: Vendor) -> Flow:
    found: dict[str, list[Exchange]] = {}
    for operation in list(readable(vendor, secured=True))[:MOST]:
        drawn = yield Draw(operation=operation.key)
        for form in FORMS:
            exchange = yield Send(drawn.request.with_credential(form))
            for place in _places(vendor, exchange):
                found.setdefault(place, []).append(exchange)
    return [_finding(place, exchanges) for place, exchanges in found.items()]


def _places(vendor: Vendor, exchange: Exchange) -> list[str]:
    """Where a credential stands in an answer; what is secret in it was replaced by its name."""
    response = exchange.response
    if response is None:
        return []
    marks = (UNKNOWN_CREDENTIAL, *(f"«{principal.name}»" for principal in vendor.principals))
    # Beside more letters or stars it is a piece of one, shown so that it can be told by its ends.
    whole = re.compile("|".join(rf"(?<![\w*]){re.escape(mark)}(?![\w*])" for mark in marks))
    headers = [n for n, v in response.headers if whole.search(v)]
    body = whole.search(response.text[:LONGEST_BODY])
    return [*(f"the header {name}" for name in headers), *(["its body"] if body else [])]


def _finding(place: str, exchanges: list[Exchange]) -> Finding:
    statuses = sorted({exchange.status for exchange in exchanges})
    return Finding(
        says=f"A credential that is sent comes back in {place}.",
        signature=f"secret-echoed:{place}",
        operation=exchanges[0].request.operation,
        evidence=tuple(exchange.id for exchange in exchanges),
        expected="no credential in any answer",
        seen=f"the credential, in answers of {', '.join(map(str, statuses))}",
        ask="Never repeat a credential; name it by its last four characters where that helps.",
        build="Take credentials out of the vendor's answers before they are logged or shown.",
    )


secret_not_echoed.healthy(Shelf)


@secret_not_echoed.healthy
class Masking(Shelf):
    """Shows the ends of what it does not know, whatever lies between them."""

    def refuse(self, request: Request) -> Response:
        """Its first and its last letters."""
        given = (request.header("authorization") or "").rpartition(" ")[2]
        return self.problem(401, f"{given[:11]}{'*' * (len(given) - 15)}{given[-4:]} is not known")


@secret_not_echoed.broken
class Helpful(Shelf):
    """Says what it does not know."""

    def refuse(self, request: Request) -> Response:
        """The token, in a sentence."""
        return self.problem(401, f"{request.header('authorization')} is not known")

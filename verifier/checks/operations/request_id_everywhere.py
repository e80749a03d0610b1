"""
Every answer carries an id by which the vendor's support can find it.

Why it matters
    "It failed yesterday, around noon" cannot be looked up. A request id turns a week of letters
    into one, and it is needed most on the answers that failed.

How it asks
    Up to three successes and the errors that can be provoked without harm; their headers are
    searched for a request id.

Limits
    An id in the body counts where a member is named like one. Whether support can really find it is
    for the vendor to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from verifier.checks.provoking import MOST, provoke, readable
from verifier.checks.specimens import Shelf
from verifier.model import (
    Draw,
    Effect,
    Exchange,
    Finding,
    Flow,
    Question,
    Request,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)

SUCCESSES = 3
NAMED = re.compile(
    r"(?:^|[-_.])(?:request|req|correlation|trace|transaction|log|amzn-requestid|debug|call)"
    r"[-_.]?(?:id|uuid|guid|parent)?$|^cf-ray$|^traceparent$|^x-b3-traceid$",
    re.IGNORECASE,
)


@check(
    question=Question.OPERATIONS,
    severity=Severity.MINOR,
    effect=Effect.READ,
    source="common practice; W3C Trace Context, 3.2",
    catches="no-request-id-on-errors",
    price=SUCCESSES + MOST,
)
def request_id_everywhere(vendor: Vendor) -> Flow:
    answers: list[Exchange] = []
    for operation in list(readable(vendor))[:SUCCESSES]:
        drawn = yield Draw(operation=operation.key)
        answers.append((yield Send(drawn.request)))
    answers += yield from provoke(vendor)
    answered = [a for a in answers if a.response is not None]
    without = [a for a in answered if not _has_id(a)]
    if not without:
        return ()
    return (_finding(answered, without),)


def _has_id(exchange: Exchange) -> bool:
    response = exchange.response
    if response is None:
        return False
    body = response.json_or_none()
    members: list[Any] = list(body) if isinstance(body, dict) else []
    return any(NAMED.search(str(name)) for name in [k for k, _ in response.headers] + members)


def _finding(answered: Sequence[Exchange], without: Sequence[Exchange]) -> Finding:
    if len(without) == len(answered):
        says, signature = "No answer carries a request id.", "no-request-id"
    elif all(e.status >= 400 for e in without):
        statuses = sorted({e.status for e in without})
        says = f"Errors carry no request id ({', '.join(map(str, statuses))}), successes do."
        signature = "no-request-id-on-errors"
    else:
        says = f"{len(without)} of {len(answered)} answers carry no request id."
        signature = "request-id-sometimes"
    return Finding(
        says=says,
        signature=signature,
        evidence=tuple(e.id for e in without),
        expected="a header such as X-Request-Id on every answer",
        seen="none",
        ask="Send a request id with every answer, errors above all.",
        build="Log our own id, the time and the address of every call.",
    )


request_id_everywhere.healthy(Shelf)


@request_id_everywhere.broken
class Nameless(Shelf):
    """Names its successes only."""

    def finish(self, request: Request, response: Response) -> Response:
        """No id on errors."""
        done = super().finish(request, response)
        kept = tuple(h for h in done.headers if h[0] != "X-Request-Id" or done.status < 400)
        return Response(status=done.status, headers=kept, body=done.body)

"""
HEAD tells what GET would tell, without the body.

Why it matters
    HEAD is the cheap way to ask whether something exists or has changed. Monitoring and caches
    rely on it.

How it asks
    GET and HEAD of the same valid request, one after the other; status, content type and validators
    are compared.

Limits
    A vendor that does not serve HEAD at all (405, 501) is a warning. Headers that may differ from
    one moment to the next are not compared.
"""

from __future__ import annotations

from verifier.checks.specimens import Shelf
from verifier.model import (
    Draw,
    Effect,
    Exchange,
    Finding,
    Flow,
    Level,
    Missing,
    Operation,
    Question,
    Request,
    Response,
    Send,
    Severity,
    check,
)

COMPARED = ("content-type", "etag", "last-modified")


def _is_get(operation: Operation) -> str:
    return "" if operation.method == "GET" else "it is not a GET"


@check(
    question=Question.CONTRACT,
    severity=Severity.MINOR,
    effect=Effect.READ,
    source="RFC 9110, 9.3.2",
    catches="head-differs",
    price=2,
    applies=_is_get,
)
def head_matches_get(operation: Operation) -> Flow:
    drawn = yield Draw(operation=operation.key)
    got = yield Send(drawn.request)
    if not got.succeeded:
        yield Missing(reason=f"there is nothing to compare with: the GET {got.answer}")
    head = yield Send(drawn.request.with_method("HEAD"))
    if head.response is None or head.status == 429:
        yield Missing(reason=f"the HEAD {head.answer}")
    if head.status in (405, 501):
        return (_finding(operation, got, head, "It does not serve HEAD.", Level.WARNING),)
    if head.status != got.status:
        says = f"HEAD answered {head.status} where GET answered {got.status}."
        return (_finding(operation, got, head, says, Level.FAIL),)
    differing = [name for name in COMPARED if _header(got, name) != _header(head, name)]
    says = f"HEAD and GET differ in {', '.join(differing)}."
    return (_finding(operation, got, head, says, Level.WARNING),) if differing else ()


def _header(exchange: Exchange, name: str) -> str | None:
    return exchange.response.header(name) if exchange.response else None


def _finding(
    operation: Operation, got: Exchange, head: Exchange, says: str, level: Level
) -> Finding:
    return Finding(
        says=says,
        signature=f"head:{head.status}:{level.value}",
        operation=operation.key,
        at=operation.at,
        evidence=(got.id, head.id),
        expected=f"status and headers of GET ({got.status})",
        seen=head.answer,
        level=level,
        ask="Answer HEAD as GET, without the body.",
    )


head_matches_get.healthy(Shelf)


@head_matches_get.broken
class Headless(Shelf):
    """Does not find for HEAD what it finds for GET."""

    def list(self, request: Request) -> Response:
        """404 for HEAD."""
        return Response(status=404) if request.method == "HEAD" else super().list(request)

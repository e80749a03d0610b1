"""
All errors come in one machine-readable shape.

Why it matters
    An integration can tell "try again" from "never" only if it can read every error. Each further
    shape is another parser, and the one that was forgotten is met at night.

How it asks
    It provokes up to nine errors of different causes (no credential, unknown path, unknown id,
    malformed body) and compares their content types and members.

Limits
    Errors of a proxy in front of the vendor count as the vendor's. Members that come and go with
    the cause are allowed, as long as one in common says what happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from verifier.checks.provoking import MOST, provoke
from verifier.checks.specimens import Shelf
from verifier.model import (
    Effect,
    Exchange,
    Finding,
    Flow,
    Level,
    Question,
    Request,
    Response,
    Severity,
    Vendor,
    check,
)


@check(
    question=Question.FAILURE,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="RFC 9457, 3; the document's own error responses",
    catches="error-shape-varies",
    price=MOST,
    anonymous=True,
)
def errors_have_one_shape(vendor: Vendor) -> Flow:
    errors = yield from provoke(vendor)
    opaque = [e for e in errors if _members(e) is None]
    readable = [e for e in errors if _members(e) is not None]
    return [*_opaque(opaque, len(errors)), *_varying(readable), *_untrue(readable)]


def _members(exchange: Exchange) -> frozenset[str] | None:
    """Names of the members of a JSON error; None where it is not a JSON object."""
    response = exchange.response
    value = response.json_or_none() if response and response.is_json else None
    return frozenset(value) if isinstance(value, dict) else None


def _opaque(opaque: list[Exchange], total: int) -> Iterable[Finding]:
    with_body = [e for e in opaque if e.response and e.response.body]
    if not opaque:
        return
    kinds = sorted({e.response.media_type or "none" for e in opaque if e.response})
    yield Finding(
        says=f"{len(opaque)} of {total} errors cannot be read by a machine ({', '.join(kinds)}).",
        signature=f"opaque-errors:{','.join(kinds)}",
        evidence=tuple(e.id for e in opaque),
        expected="a JSON object, such as problem details",
        seen=f"content types: {', '.join(kinds)}",
        level=Level.FAIL if with_body else Level.WARNING,
        ask="Answer every error in one JSON shape (RFC 9457 problem details).",
        build="Fall back to the status alone where an error has no readable body.",
    )


def _varying(readable: list[Exchange]) -> Iterable[Finding]:
    shapes = {e.id: _members(e) or frozenset() for e in readable}
    shared = frozenset.intersection(*shapes.values()) if shapes else frozenset()
    if len(set(shapes.values())) < 2 or shared:
        return
    seen = sorted({", ".join(sorted(members)) or "nothing" for members in shapes.values()})
    yield Finding(
        says=f"Its errors come in {len(seen)} shapes that have no member in common.",
        signature="several-shapes",
        evidence=tuple(shapes),
        expected="one shape",
        seen=" / ".join(seen),
        ask="Answer every error in one shape (RFC 9457 problem details).",
        build="Write one adapter that reads all of these shapes, and test it with each.",
        detail={"shapes": seen},
    )


def _untrue(readable: list[Exchange]) -> Iterable[Finding]:
    wrong = [e for e in readable if _stated(e) not in (None, e.status)]
    if wrong:
        yield Finding(
            says="The status inside an error differs from the status of the answer.",
            signature="status-member-differs",
            evidence=tuple(e.id for e in wrong),
            expected=str(wrong[0].status),
            seen=str(_stated(wrong[0])),
            ask="Let the member 'status' repeat the real status (RFC 9457, 3.1.2).",
            build="Trust the status line, not the body.",
        )


def _stated(exchange: Exchange) -> Any:
    response = exchange.response
    if response is None or response.media_type != "application/problem+json":
        return None
    value = response.json_or_none()
    return value.get("status") if isinstance(value, dict) else None


errors_have_one_shape.healthy(Shelf)


@errors_have_one_shape.broken
class Motley(Shelf):
    """Has another shape for strangers."""

    def refuse(self, request: Request) -> Response:
        """An error of its own kind."""
        challenge = ("WWW-Authenticate", "Bearer")
        body = b'{"err": {"msg": "no"}}'
        return Response(
            status=401, headers=(("Content-Type", "application/json"), challenge), body=body
        )


@errors_have_one_shape.broken
class Wordy(Shelf):
    """Answers unknown paths with a web page."""

    def problem(self, status: int, title: str, *headers: tuple[str, str]) -> Response:
        """HTML for 404."""
        page = Response(status=404, headers=(("Content-Type", "text/html"),), body=b"<p>?</p>")
        return page if status == 404 else super().problem(status, title, *headers)

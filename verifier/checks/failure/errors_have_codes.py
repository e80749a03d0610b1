"""
An error carries a code that a machine can decide by, the same for the same mistake.

Why it matters
    "Try again", "give up" and "ask a person" are decisions. Without a code they hang on the wording
    of a sentence, which the vendor may change any day.

How it asks
    It provokes up to nine errors of different causes, one of them twice, and looks for a code
    where the document puts it, else under the usual names.

Limits
    A code is a short text without spaces, or a number other than the status. Where the document
    promises none ('error' and 'reason' are no promise), it is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
    Send,
    Severity,
    Vendor,
    check,
)

CODE, CODED = re.compile(r"[A-Za-z0-9][\w.:/#-]*"), ("code", "key", "type", "errno")
NAMES = ("code", "error_code", "errorcode", "errno", "type", "error", "reason", "name")
INSIDE = ("error", "errors", "fault", "detail")
NOTHING = frozenset({"about:blank", "error", "Error", "unknown", "exception"})


@check(
    question=Question.FAILURE,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="RFC 9457, 3.1.1 (type); the document's own error schema",
    catches="error-code-missing",
    price=MOST + 1,
    anonymous=True,
)
def errors_have_codes(vendor: Vendor) -> Flow:
    errors = yield from provoke(vendor)
    read = [e for e in errors if isinstance(e.value, Mapping)]
    without = [e for e in read if not _code(e)]
    if without:
        return (_none(vendor, without, read),)
    if read:
        again = yield Send(read[0].request)
        if isinstance(again.value, Mapping) and _code(again) != _code(read[0]):
            return (_unstable(read[0], again),)
    return ()


def _code(exchange: Exchange) -> str:
    """The code in an error; empty where there is none."""
    return next(_codes(exchange.value, exchange.status, 0), "")


def _codes(value: Any, status: int, depth: int) -> Iterator[str]:
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, Mapping) or depth > 2:
        return
    value = {str(name).lower(): held for name, held in value.items()}
    for name in NAMES:
        number = type(held := value.get(name)) is int and held != status
        text = isinstance(held, str) and CODE.fullmatch(held) and held not in NOTHING
        if (number or text) and held != str(status):
            yield str(held)
    for name in INSIDE:
        yield from _codes(value.get(name), status, depth + 1)


def _none(vendor: Vendor, without: list[Exchange], read: list[Exchange]) -> Finding:
    shape = vendor.contract.convention("errors")
    where = str(shape.detail.get("code", "")) if shape else ""
    return Finding(
        says=f"{len(without)} of {len(read)} errors carry no code that a machine can decide by.",
        signature="no-error-code" if len(without) == len(read) else "some-without-error-code",
        evidence=tuple(e.id for e in without),
        expected=f"a code in '{where}'" if where else "a stable code",
        seen="prose only",
        level=Level.FAIL if where.lower().endswith(CODED) else Level.WARNING,
        ask="Give each kind of error a code that stays, and list them in the document.",
        build="Decide by the status alone; never by the text.",
    )


def _unstable(first: Exchange, again: Exchange) -> Finding:
    return Finding(
        says="The same mistake is told under another code each time.",
        signature="unstable-error-code",
        evidence=(first.id, again.id),
        expected=_code(first),
        seen=_code(again),
        ask="Keep the code of an error the same; put what varies into another member.",
        build="Decide by the status alone.",
    )


@errors_have_codes.healthy
class Coded(Shelf):
    """Names its problems by their type."""

    def problem(self, status: int, title: str, *headers: tuple[str, str]) -> Response:
        """With a type."""
        plain = super().problem(status, title, *headers)
        kind = title.lower().replace(" ", "-").strip("?,")
        body = plain.body[:-1] + f',"code":"{kind}"}}'.encode()
        return Response(status=status, headers=plain.headers, body=body)


@errors_have_codes.healthy
class Numbered(Shelf):
    """Repeats the status as its code, and numbers its errors beside it."""

    def problem(self, status: int, title: str, *headers: tuple[str, str]) -> Response:
        """With a number."""
        plain = super().problem(status, title, *headers)
        more = f',"code":{status},"Errno":{100 + len(title)}}}'.encode()
        return Response(status=status, headers=plain.headers, body=plain.body[:-1] + more)


errors_have_codes.broken(Shelf)


@errors_have_codes.broken
class Fickle(Shelf):
    """Counts its errors."""

    def finish(self, request: Request, response: Response) -> Response:
        """Each has a number."""
        done = super().finish(request, response)
        self.count += 1
        body = done.body.replace(b'"title"', f'"code":"e{self.count}","title"'.encode())
        return Response(status=done.status, headers=done.headers, body=body)

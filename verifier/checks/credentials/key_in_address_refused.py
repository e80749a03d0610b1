"""
A credential that is carried in an address is not accepted.

Why it matters
    Whatever stands in an address ends up in the logs of every machine on the way. If it works
    there, some client will put it there.

How it asks
    One secured operation that only reads, with our credential in the query string (as
    ``access_token``, or ``api_key`` for a key) and nowhere else.

Limits
    Where the document wants its keys there, another check says so. Production is not tried: the
    attempt itself leaves the credential in the vendor's logs. Other names are not guessed.
"""

from __future__ import annotations

from urllib.parse import parse_qs

from verifier.checks.holders import decided, locked
from verifier.checks.provoking import readable
from verifier.checks.specimens import Shelf
from verifier.model import (
    Draw,
    Effect,
    Environment,
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


def _first(vendor: Vendor) -> Operation | None:
    return next(readable(vendor, secured=True), None)


def _applies(vendor: Vendor) -> str:
    if _first(vendor) is None:
        return "no operation that only reads asks for a credential"
    principal = vendor.principal()
    if principal is not None and (principal.kind == "basic" or principal.location == "query"):
        return "its credential is no token, or belongs into the address as documented"
    return ""


def _needs(vendor: Vendor) -> Missing | None:
    if not vendor.principals:
        return Missing(reason="we hold no credential", supply="--principal NAME=KIND:REFERENCE")
    if vendor.environment is Environment.PRODUCTION:
        return Missing(
            reason="it would leave our credential in the logs of production",
            supply="a sandbox (environment: sandbox)",
        )
    return None


@check(
    question=Question.CREDENTIALS,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="RFC 9700, 4.3.2; RFC 6750, 2.3 and 5.3",
    catches="key-in-query",
    price=3,
    applies=_applies,
    needs=_needs,
)
def key_in_address_refused(vendor: Vendor) -> Flow:
    operation = _first(vendor)
    if operation is None:
        return ()
    drawn = yield Draw(operation=operation.key)
    exchange = yield Send(drawn.request.with_credential(Form.IN_ADDRESS))
    yield from decided(exchange, "a credential in the address")
    if not exchange.succeeded:
        return ()
    yield from locked(vendor)
    if (yield Send(drawn.request.with_credential(Form.ABSENT))).succeeded:
        yield Missing(
            reason=f"{operation.key} is open to everybody",
            supply="a lock on it; see credentials.missing-refused",
        )
    return (
        Finding(
            says="It accepts a credential in the query string, where logs keep it.",
            signature="key-in-address-accepted",
            operation=operation.key,
            at=operation.at,
            evidence=(exchange.id,),
            expected="401",
            seen=exchange.answer,
            ask="Take credentials from headers only.",
            build="Make our client refuse to put a credential into an address.",
        ),
    )


key_in_address_refused.healthy(Shelf)


@key_in_address_refused.broken
class Convenient(Shelf):
    """Lets in whoever has the token in the address, too."""

    def admits(self, request: Request) -> bool:
        """Here or there."""
        return super().admits(request) or parse_qs(request.query).get("access_token") == ["good"]

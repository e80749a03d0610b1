"""
Credentials travel over a connection that is encrypted and shows whose it is.

Why it matters
    A key that is sent in plain text is anybody's who stands on the way; one that is sent to a
    server which cannot show who it is may be anybody's as well.

How it asks
    It shakes hands once and looks at the version of TLS and at the certificate's chain; one
    ordinary answer is searched for Strict-Transport-Security.

Limits
    Whether plain HTTP is served on another port is not tried: nobody named that address. Ciphers
    are not examined. A vendor that runs on this machine is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.checks.near import is_near
from verifier.checks.provoking import readable
from verifier.checks.specimens import Shelf
from verifier.model import (
    Draw,
    Effect,
    Exchange,
    Finding,
    Flow,
    Inspect,
    Level,
    Question,
    Request,
    Response,
    Send,
    Severity,
    TlsFacts,
    Vendor,
    check,
)

OLD = frozenset({"SSLv2", "SSLv3", "TLSv1", "TLSv1.1"})
HSTS = "Strict-Transport-Security"


@check(
    question=Question.CREDENTIALS,
    severity=Severity.BLOCKER,
    effect=Effect.READ,
    source="RFC 6750, 5.3; RFC 9325, 3.1.1; RFC 6797",
    price=2,
    anonymous=True,
    applies=is_near,
)
def transport_secure(vendor: Vendor) -> Flow:
    facts = yield Inspect()
    operation = next(readable(vendor), None)
    request = Request(method="GET", path="/")
    if operation is not None:
        request = (yield Draw(operation=operation.key)).request
    exchange = yield Send(request)
    return tuple(_judged(facts, exchange))


def _judged(facts: TlsFacts, exchange: Exchange) -> Iterator[Finding]:
    if not facts.secure:
        says = "It is reached over plain HTTP: credentials are sent unencrypted."
        yield _finding("plain-http", says, "http://", exchange)
        return
    if facts.version in OLD:
        says = f"It speaks {facts.version}, which was withdrawn."
        yield _finding("old-tls", says, facts.version, exchange)
    if not facts.trusted:
        says = f"Its certificate is not to be trusted: {facts.says or 'no handshake'}."
        yield _finding("untrusted", says, facts.says, exchange)
    if exchange.response is not None and not exchange.response.header(HSTS):
        says = "It does not tell clients to stay with HTTPS (no Strict-Transport-Security)."
        yield _finding("no-hsts", says, "none", exchange, Level.INFORMATION)


def _finding(
    signature: str, says: str, seen: str, exchange: Exchange, level: Level = Level.FAIL
) -> Finding:
    return Finding(
        says=says,
        signature=signature,
        evidence=(exchange.id,),
        expected="TLS 1.2 or later, with a certificate of a public authority",
        seen=seen,
        level=level,
        ask="Serve the API over TLS 1.2 or later only, with a certificate that clients trust.",
        build="Refuse to send a credential to an address that is not https.",
    )


class Sealed(Shelf):
    """Speaks TLS."""

    tls = TlsFacts(secure=True, version="TLSv1.3", trusted=True, days_left=60.0)

    def finish(self, request: Request, response: Response) -> Response:
        """Every answer says to stay."""
        done = super().finish(request, response)
        headers = (*done.headers, (HSTS, "max-age=31536000"))
        return Response(status=done.status, headers=headers, body=done.body)


transport_secure.healthy(Sealed)
transport_secure.broken(Shelf)


@transport_secure.broken
class Withdrawn(Sealed):
    """Speaks what was withdrawn in 2021."""

    tls = TlsFacts(secure=True, version="TLSv1.1", trusted=True, days_left=60.0)


@transport_secure.broken
class Unknown(Sealed):
    """Shows a certificate that it made itself."""

    tls = TlsFacts(secure=True, version="TLSv1.3", says="self-signed certificate", days_left=60.0)

"""
The place where tokens come from follows the standard.

Why it matters
    Every call hangs on it. If a cache keeps its answers, one customer's token is handed to another;
    if its errors cannot be told apart, an expired secret looks like an outage.

How it asks
    As a client that we hold: a token; a token with a wrong secret; a token by a grant type that
    does not exist; and the server's own description (RFC 8414), where it has one.

Limits
    Only the grant of client credentials is tried, since every other one needs a person or a
    refresh token that is used up by trying. Tokens are given out at each run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from verifier.checks.issuing import Bureau, clients, needs_client
from verifier.model import (
    Effect,
    Exchange,
    Finding,
    Flow,
    Level,
    Missing,
    Question,
    Request,
    Response,
    Severity,
    TokenAct,
    TokenCall,
    Vendor,
    check,
)

REFUSED = frozenset({400, 401})


@check(
    question=Question.CREDENTIALS,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="RFC 6749, 5.1 (no-store) and 5.2 (errors); RFC 8414, 3.3",
    catches="token-cacheable",
    price=4,
    needs=needs_client,
)
def token_endpoint_sound(vendor: Vendor) -> Flow:
    name = clients(vendor)[0]
    issued = yield TokenCall(act=TokenAct.ISSUE, principal=name)
    if not issued.succeeded:
        yield Missing(
            reason=f"no token was given out for '{name}': it {issued.answer}",
            supply="a client id and secret that are valid",
        )
    stranger = yield TokenCall(act=TokenAct.ISSUE_TO_STRANGER, principal=name)
    unknown = yield TokenCall(act=TokenAct.ISSUE_BY_UNKNOWN_GRANT, principal=name)
    if stranger.failure or unknown.failure:
        yield Missing(reason="its token endpoint did not answer every time")
    findings = [*_granted(issued), *_refused(stranger, "invalid_client"), *_refused(unknown, "")]
    described = yield TokenCall(act=TokenAct.METADATA, principal=name)
    return [*findings, *_described(issued, described)]


def _granted(issued: Exchange) -> Iterator[Finding]:
    kept = (issued.response.header("cache-control") or "") if issued.response else ""
    if "no-store" not in kept.lower():
        says = "Its answers with tokens may be kept by caches."
        yield _finding("token-cacheable", says, "Cache-Control: no-store", kept or "none", issued)


def _refused(exchange: Exchange, code: str) -> Iterator[Finding]:
    what = "a wrong client secret" if code else "a grant type that does not exist"
    error = _member(exchange, "error")
    if exchange.succeeded:
        says = f"It gave a token out for {what}."
        yield _finding(f"issued:{code or 'grant'}", says, "400 or 401", "2xx", exchange)
    elif exchange.status not in REFUSED:
        says = f"It answers {what} with {exchange.status}."
        shown = str(exchange.status)
        yield _finding(f"token-status:{code or 'grant'}", says, "400 or 401", shown, exchange)
    elif not isinstance(error, str):
        says = f"Its refusal of {what} has no error code."
        yield _finding(f"no-error:{code or 'grant'}", says, "the member 'error'", "none", exchange)
    elif code and error != code:
        says = f"It calls {what} '{error}'."
        yield _finding(f"wrong-error:{code}", says, code, error, exchange, Level.WARNING)


def _described(issued: Exchange, described: Exchange) -> Iterator[Finding]:
    told = _member(described, "token_endpoint") if described.succeeded else None
    if not isinstance(told, str):
        return
    real = f"{issued.base_url}{issued.request.path}"
    if urljoin(described.base_url, told) != real:
        says = "Its description names another token endpoint than the one that works."
        yield _finding("metadata-disagrees", says, real, told, described, Level.WARNING)


def _member(exchange: Exchange, name: str) -> Any:
    return exchange.value.get(name) if isinstance(exchange.value, dict) else None


def _finding(
    signature: str,
    says: str,
    expected: str,
    seen: str,
    exchange: Exchange,
    level: Level = Level.FAIL,
) -> Finding:
    return Finding(
        says=says,
        signature=signature,
        evidence=(exchange.id,),
        expected=expected,
        seen=seen,
        level=level,
        ask="Let the token endpoint answer as RFC 6749, 5.1 and 5.2 say.",
        build="Let no proxy of ours keep answers of the token endpoint; treat every refusal of it "
        "as final, and raise an alert.",
    )


token_endpoint_sound.healthy(Bureau)


@token_endpoint_sound.broken
class Cached(Bureau):
    """Stands behind a cache."""

    def finish(self, request: Request, response: Response) -> Response:
        """Good for an hour."""
        done = super().finish(request, response)
        kept = tuple(h for h in done.headers if h[0] != "Cache-Control")
        return Response(status=done.status, headers=kept, body=done.body)


@token_endpoint_sound.broken
class Generous(Bureau):
    """Does not look at the secret."""

    def knows(self, request: Request) -> bool:
        """Everybody."""
        return True

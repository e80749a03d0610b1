"""Exchanges as text that a person can read: bounded, with what was cut said."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import orjson

from verifier.catalogue import Catalogue
from verifier.model import (
    Delivery,
    Exchange,
    Form,
    Headers,
    Identity,
    LedgerEntry,
    Principal,
    Request,
    Run,
    SecurityScheme,
    curl,
)
from verifier.reporting.view import Proof

__all__ = ["Replay", "body_text", "headers_text", "identity_text", "prover", "removal"]

HARMLESS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "QUERY"})
LONGEST_BODY = 2_400
LONGEST_HEADERS = 2_000
LONGEST_LINE = 120
LONGEST_PARSED_BYTES = 200_000
MOST_KEPT = 1_024


def body_text(body: bytes, longest: int) -> str:
    """The beginning of a body as text; bytes that are no UTF-8 are replaced."""
    return body[: longest * 4].decode("utf-8", "replace")[:longest]


def headers_text(headers: Headers) -> str:
    """Headers as they stand on the wire, one a line."""
    return "\n".join([f"{name}: {value}" for name, value in headers])


def identity_text(identity: Identity, say: Catalogue) -> str:
    """As whom it was sent."""
    if identity.form is Form.ABSENT:
        return say("proof.as-nobody")
    name = identity.principal or say("proof.first-principal")
    if identity.form is Form.INTACT:
        return say("proof.as", name=name)
    return say("proof.as-spoilt", name=name, form=identity.form.value)


class Replay:
    """Commands that send what a run sent again, its credentials as variables."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._schemes = run.contract.schemes
        self._named = {
            o.key: [n for s in o.security for n in s.schemes] for o in run.contract.operations
        }

    def command(self, exchange: Exchange) -> str:
        """The command for an exchange."""
        return curl(exchange, self._principal(exchange))

    def removal(self, entry: LedgerEntry) -> str:
        """The command that removes what the run created; empty where the document knows none."""
        try:
            known = self._run.contract.resource(entry.resource).delete
        except KeyError:
            known = ""
        if not known:
            return ""
        identity = Identity(principal=entry.principal)
        request = Request(method="DELETE", path=entry.path, operation=known, identity=identity)
        return self.sending(request)

    def sending(self, request: Request) -> str:
        """The command for a request that the run did not send."""
        return self.command(Exchange(id="", request=request, base_url=self._run.facts.base_url))

    def _principal(self, exchange: Exchange) -> Principal | None:
        """A stand-in for the credential that was used: its name, and how it is carried."""
        scheme = self._scheme(exchange.request.operation)
        if scheme is None:
            return None
        held = self._run.facts.carrier(exchange.request.identity.principal)
        if held is not None:
            return held
        names = self._run.facts.settings.get("principals") or ("token",)
        name = exchange.request.identity.principal or str(names[0])
        if scheme.type == "apiKey":
            place, key = scheme.location or "header", scheme.parameter
            return Principal(name=name, kind="api-key", location=place, parameter=key)
        return Principal(name=name, kind="basic" if scheme.http_scheme == "basic" else "bearer")

    def _scheme(self, operation: str) -> SecurityScheme | None:
        """How that operation takes credentials, or how any does where it is not known."""
        if operation not in self._named:
            return next(iter(self._schemes.values()), None)
        names = self._named[operation]
        return next((self._schemes[name] for name in names if name in self._schemes), None)


def removal(run: Run, entry: LedgerEntry) -> str:
    """The command that removes something that was left behind."""
    return Replay(run).removal(entry)


def prover(run: Run, replay: Replay, say: Catalogue) -> Callable[[str], Proof | None]:
    """What turns the id of an exchange into a proof; None where it was not recorded."""

    brought = {delivery.id: delivery for delivery in run.deliveries}

    @lru_cache(maxsize=MOST_KEPT)
    def proof(id: str) -> Proof | None:
        if id in brought:
            return _brought(brought[id], say)
        try:
            exchange = run.exchange(id)
        except KeyError:
            return None
        return _proof(exchange, replay, say)

    return proof


def _proof(exchange: Exchange, replay: Replay, say: Catalogue) -> Proof:
    request = exchange.request
    return Proof(
        id=exchange.id,
        line=f"{request.method} {request.target}"[:LONGEST_LINE],
        answer=_answer(exchange, say),
        request=_request(exchange, say),
        response=_response(exchange, say),
        command=replay.command(exchange),
        milliseconds=round(exchange.timing.total_seconds * 1000, 1),
        size_bytes=_size(exchange),
        writes=request.method not in HARMLESS,
    )


def _brought(delivery: Delivery, say: Catalogue) -> Proof:
    """A delivery of the vendor's: nothing that we could send again."""
    line = f"{delivery.method} {delivery.target or '/'}"[:LONGEST_LINE]
    lines = [line, headers_text(delivery.headers)[:LONGEST_HEADERS], f"({say('proof.brought')})"]
    status = delivery.answered
    return Proof(
        id=delivery.id,
        line=line,
        answer=say("proof.brought"),
        request="\n".join(filter(None, lines)) + _body(delivery.body, delivery.size_bytes, "", say),
        response=f"{status} ({say('proof.ours')})" if status else say("proof.no-answer"),
        command="",
        milliseconds=0.0,
        size_bytes=delivery.size_bytes,
        writes=False,
    )


def _request(exchange: Exchange, say: Catalogue) -> str:
    request = exchange.request
    lines = [f"{request.method} {request.target[:LONGEST_HEADERS]}"]
    lines.append(headers_text(request.headers)[:LONGEST_HEADERS])
    lines.append(f"({identity_text(request.identity, say)})")
    return "\n".join(filter(None, lines)) + _body(request.body, len(request.body), "", say)


def _response(exchange: Exchange, say: Catalogue) -> str:
    response = exchange.response
    if response is None:
        return exchange.failure.says if exchange.failure else say("proof.no-answer")
    lines = [f"{response.status} {response.reason}".rstrip()]
    lines.append(headers_text(response.headers)[:LONGEST_HEADERS])
    return "\n".join(filter(None, lines)) + _body(
        response.body, _size(exchange), response.digest, say
    )


def _answer(exchange: Exchange, say: Catalogue) -> str:
    """What a line says came back: the status, or that nothing did and why."""
    if exchange.response is not None:
        return str(exchange.response.status)
    why = f" ({exchange.failure.kind.value})" if exchange.failure else ""
    return say("proof.no-answer") + why


def _size(exchange: Exchange) -> int:
    response = exchange.response
    return max(response.size_bytes, len(response.body)) if response is not None else 0


def _body(body: bytes, size: int, digest: str, say: Catalogue) -> str:
    if not body:
        return ""
    text = _pretty(body)
    if len(text) <= LONGEST_BODY and size <= len(body):
        return f"\n\n{text}"
    cut = say("proof.cut", size=size) + (say("proof.digest", digest=digest) if digest else "")
    return f"\n\n{text[:LONGEST_BODY]}\n{cut}"


def _pretty(body: bytes) -> str:
    """JSON set out over lines, anything else as it is."""
    if body[:1] in (b"{", b"[") and len(body) < LONGEST_PARSED_BYTES:
        try:
            return orjson.dumps(orjson.loads(body), option=orjson.OPT_INDENT_2).decode()
        except ValueError:
            pass
    return body_text(body, LONGEST_BODY + 1)

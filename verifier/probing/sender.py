"""The one way out: every request passes here, is paced, counted, watched and written down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Any

from verifier.errors import InternalError
from verifier.model import (
    Clock,
    Environment,
    Exchange,
    Failure,
    Form,
    Headers,
    Journal,
    Outgoing,
    Redactor,
    Reply,
    Request,
    Response,
    Transport,
    Vendor,
)
from verifier.model.contract import SAFE_METHODS
from verifier.probing.credentials import Credential, Credentials
from verifier.probing.pace import Pace

__all__ = ["NotAllowed", "OutOfBudget", "Sender"]

AGENT = "verifier (contract tests; +https://pypi.org/project/vendor-verifier)"
REFUSED = frozenset({401, 403})
UNDECIDED = frozenset({429, *range(500, 600)})


class NotAllowed(InternalError):  # noqa: N818
    """Something was about to be sent that must not be: a guard of ours held."""


class OutOfBudget(Exception):  # noqa: N818
    """The run has sent all that it may."""


class Sender:
    """
    Sends requests for checks.

    ``deletable`` holds the paths that this run created; at a real vendor's nothing else is ever
    deleted. ``watch`` is called with every exchange, whoever asked for it.
    """

    def __init__(
        self,
        vendor: Vendor,
        transport: Transport,
        credentials: Credentials,
        journal: Journal,
        redactor: Redactor,
        clock: Clock,
        pace: Pace,
        budget: int,
    ) -> None:
        self._vendor = vendor
        self._transport = transport
        self._credentials = credentials
        self._journal = journal
        self._redactor = redactor
        self._clock = clock
        self._pace = pace
        self._slots = asyncio.Semaphore(max(1, vendor.limits.concurrency))
        self._flying: set[asyncio.Task[Exchange]] = set()
        self._secured = {o.key for o in vendor.contract.operations if o.secured}
        self._serial = journal.exchanges_sent()
        self.budget = budget
        self.sent = self._serial
        self.admitted = 0
        self.refused = 0
        self.deletable: set[str] = set()
        self.watch: Callable[[Exchange], None] = lambda exchange: None

    @property
    def serial(self) -> int:
        """The number of the last exchange."""
        return self._serial

    async def send(
        self, request: Request, purpose: str, *, free: bool = False, timeout_seconds: float = 0.0
    ) -> Exchange:
        """
        Send one; OutOfBudget where nothing is left.

        Args:
            free: Whether it is clean-up, which is not counted.
            timeout_seconds: How long to wait for the answer; 0 takes the vendor's limit.
        """
        self._permit(request)
        patience = timeout_seconds or self._vendor.limits.timeout_seconds
        self._spend(1, free=free)
        async with self._slots:
            credential = await self._credentials.of(request.identity)
            attempt = self._attempt(request, credential, purpose, patience)
            exchange = await self._whole(attempt, request)
            if self._worth_renewing(exchange, credential) and (free or self.sent < self.budget):
                self._spend(1, free=free)
                credential = await self._credentials.of(request.identity)
                attempt = self._attempt(request, credential, purpose, patience)
                exchange = await self._whole(attempt, request)
        self._count(exchange)
        return exchange

    async def send_together(
        self, requests: Sequence[Request], purpose: str
    ) -> tuple[Exchange, ...]:
        """Send all before any answer is read."""
        for request in requests:
            self._permit(request)
        self._spend(len(requests), free=False)
        outgoing = [
            self._outgoing(request, await self._credentials.of(request.identity))
            for request in requests
        ]
        await self._pace.turn(len(requests))
        started = self._clock.now()
        replies = await self._transport.send_together(outgoing)
        return tuple(
            self._record(request, reply, started, purpose)
            for request, reply in zip(requests, replies, strict=True)
        )

    async def abandon(self, request: Request, purpose: str) -> Exchange:
        """Send one and cut the connection before its answer."""
        self._permit(request)
        self._spend(1, free=False)
        outgoing = self._outgoing(request, await self._credentials.of(request.identity))
        await self._pace.turn()
        started = self._clock.now()
        reply = await self._transport.abandon(outgoing)
        return self._record(request, reply, started, purpose)

    async def landed(self) -> None:
        """Wait for writes that a cancelled run left under way: they may create something."""
        await asyncio.gather(*self._flying, return_exceptions=True)

    async def _whole(self, attempt: Coroutine[Any, Any, Exchange], request: Request) -> Exchange:
        """An attempt; one that may change something goes on to its answer even when cancelled."""
        if request.method in SAFE_METHODS:
            return await attempt
        task = asyncio.ensure_future(attempt)
        self._flying.add(task)
        task.add_done_callback(self._flying.discard)
        return await asyncio.shield(task)

    async def _attempt(
        self, request: Request, credential: Credential, purpose: str, patience: float
    ) -> Exchange:
        await self._pace.turn()
        started = self._clock.now()
        outgoing = replace(self._outgoing(request, credential), timeout_seconds=patience)
        reply = await self._transport.send(outgoing)
        return self._record(request, reply, started, purpose)

    def _worth_renewing(self, exchange: Exchange, credential: Credential) -> bool:
        identity = exchange.request.identity
        refused = exchange.status == 401 and identity.form is Form.INTACT
        return refused and self._credentials.renew(identity, credential.secret)

    def _count(self, exchange: Exchange) -> None:
        """Whether the vendor lets our credentials in at all: told apart where it asks for them."""
        identity, status = exchange.request.identity, exchange.status
        if identity.form is not Form.INTACT or not status or status in UNDECIDED:
            return
        if status not in REFUSED:
            self._credentials.accepted(identity)
        if exchange.request.operation in self._secured and self._vendor.principal(
            identity.principal
        ):
            self.refused += status in REFUSED
            self.admitted += status not in REFUSED

    def _permit(self, request: Request) -> None:
        if request.method in SAFE_METHODS:
            return
        if self._vendor.environment is Environment.PRODUCTION or not self._vendor.writable:
            raise NotAllowed(f"{request.method} was asked for, and nothing may be written")
        real = self._vendor.environment is not Environment.MOCK
        if request.method == "DELETE" and real and request.path not in self.deletable:
            raise NotAllowed(f"DELETE {request.path} is not something that this run created")

    def _spend(self, count: int, *, free: bool) -> None:
        if not free and self.sent + count > self.budget:
            raise OutOfBudget
        self.sent += count

    def _outgoing(self, request: Request, credential: Credential) -> Outgoing:
        own = {name.lower() for name, _ in request.headers}
        vendor = tuple((k, v) for k, v in self._vendor.headers.items() if k.lower() not in own)
        query = "&".join(part for part in (request.query, credential.query) if part)
        base = self._vendor.base_url.rstrip("/")
        return Outgoing(
            method=request.method,
            url=f"{base}{request.path}{'?' + query if query else ''}",
            headers=_with_cookie(
                (("User-Agent", AGENT), *vendor, *request.headers, *credential.headers),
                credential.cookie,
            ),
            body=request.body,
            timeout_seconds=self._vendor.limits.timeout_seconds,
        )

    def _record(self, request: Request, reply: Reply, started: float, purpose: str) -> Exchange:
        self._serial += 1
        exchange = Exchange(
            id=f"x{self._serial}",
            request=self._shown(request),
            response=self._clean(reply.response) if reply.response else None,
            failure=self._told(reply.failure) if reply.failure else None,
            timing=reply.timing,
            started=started,
            base_url=self._vendor.base_url,
            purpose=purpose,
        )
        self._journal.exchange(exchange)
        if reply.response is not None:
            self._pace.heed(reply.response)
        self.watch(exchange)
        return exchange

    def _shown(self, request: Request) -> Request:
        """The request as it may be kept: the credential by name, nothing secret in the rest."""
        return replace(
            request,
            path=self._redactor.clean_text(request.path),
            query=self._redactor.clean_text(request.query),
            headers=tuple((k, self._redactor.clean_text(v)) for k, v in request.headers),
            body=self._redactor.clean(request.body),
        )

    def _clean(self, response: Response) -> Response:
        return replace(
            response,
            reason=self._redactor.clean_text(response.reason),
            headers=tuple((k, self._redactor.clean_text(v)) for k, v in response.headers),
            body=self._redactor.clean(response.body),
        )

    def _told(self, failure: Failure) -> Failure:
        return replace(
            failure,
            says=self._redactor.clean_text(failure.says),
            received=self._redactor.clean(failure.received),
        )


def _with_cookie(headers: Headers, cookie: str) -> Headers:
    """Headers with one more cookie, all of them in one header (RFC 6265, 5.4)."""
    if not cookie:
        return headers
    held = [value for name, value in headers if name.lower() == "cookie"]
    rest = tuple((name, value) for name, value in headers if name.lower() != "cookie")
    return (*rest, ("Cookie", "; ".join((*held, cookie))))

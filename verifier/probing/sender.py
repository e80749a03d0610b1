"""The one way out: every request passes here, is paced, counted, watched and written down."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from verifier.errors import InternalError
from verifier.model import (
    Clock,
    Environment,
    Exchange,
    Form,
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
from verifier.probing.credentials import Credentials
from verifier.probing.pace import Pace

__all__ = ["NotAllowed", "OutOfBudget", "Sender"]

AGENT = "verifier (contract tests; +https://pypi.org/project/vendor-verifier)"
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class NotAllowed(InternalError):  # noqa: N818
    """Something was about to be sent that must not be: a guard of ours held."""


class OutOfBudget(Exception):  # noqa: N818
    """The run has sent all that it may."""


class Sender:
    """
    Sends requests for checks.

    Args:
        allowed_deletions: Paths that this run created; nothing else is ever deleted.
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
        self._budget = budget
        self._serial = journal.exchanges_sent()
        self._slots = asyncio.Semaphore(max(1, vendor.limits.concurrency))
        self.deletable: set[str] = set()
        self.sent = self._serial

    @property
    def left(self) -> int:
        """How many requests may still be sent."""
        return max(0, self._budget - self.sent)

    async def send(self, request: Request, purpose: str, *, free: bool = False) -> Exchange:
        """Send one; OutOfBudget where nothing is left (``free``: clean-up is not counted)."""
        self._permit(request)
        self._spend(1, free=free)
        async with self._slots:
            await self._pace.turn()
            exchange = await self._attempt(request, purpose)
        if (
            exchange.status == 401
            and request.identity.form is Form.INTACT
            and (await self._credentials.renew(request.identity))
        ):
            self._spend(1, free=True)
            exchange = await self._attempt(request, purpose)
        return exchange

    async def send_together(
        self, requests: Sequence[Request], purpose: str
    ) -> tuple[Exchange, ...]:
        """Send all before any answer is read."""
        for request in requests:
            self._permit(request)
        self._spend(len(requests), free=False)
        outgoing = [await self._outgoing(request) for request in requests]
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
        await self._pace.turn()
        started = self._clock.now()
        reply = await self._transport.abandon(await self._outgoing(request))
        return self._record(request, reply, started, purpose)

    async def _attempt(self, request: Request, purpose: str) -> Exchange:
        outgoing = await self._outgoing(request)
        started = self._clock.now()
        reply = await self._transport.send(outgoing)
        if reply.response is not None:
            self._pace.heed(reply.response)
        return self._record(request, reply, started, purpose)

    def _permit(self, request: Request) -> None:
        if request.method in SAFE_METHODS or request.method not in UNSAFE:
            return
        if self._vendor.environment is Environment.PRODUCTION or not self._vendor.writable:
            raise NotAllowed(f"{request.method} was asked for, and nothing may be written")
        real = self._vendor.environment is not Environment.MOCK
        if request.method == "DELETE" and real and request.path not in self.deletable:
            raise NotAllowed(f"DELETE {request.path} is not something that this run created")

    def _spend(self, count: int, *, free: bool) -> None:
        if not free and self.sent + count > self._budget:
            raise OutOfBudget
        self.sent += count

    async def _outgoing(self, request: Request) -> Outgoing:
        credential = await self._credentials.of(request.identity)
        own = {name.lower() for name, _ in request.headers}
        vendor = tuple((k, v) for k, v in self._vendor.headers.items() if k.lower() not in own)
        query = "&".join(part for part in (request.query, credential.query) if part)
        base = self._vendor.base_url.rstrip("/")
        return Outgoing(
            method=request.method,
            url=f"{base}{request.path}{'?' + query if query else ''}",
            headers=(("User-Agent", AGENT), *vendor, *request.headers, *credential.headers),
            body=request.body,
            timeout_seconds=self._vendor.limits.timeout_seconds,
        )

    def _record(self, request: Request, reply: Reply, started: float, purpose: str) -> Exchange:
        self._serial += 1
        exchange = Exchange(
            id=f"x{self._serial}",
            request=self._shown(request),
            response=self._clean(reply.response) if reply.response else None,
            failure=reply.failure,
            timing=reply.timing,
            started=started,
            base_url=self._vendor.base_url,
            purpose=purpose,
        )
        self._journal.exchange(exchange)
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
            headers=tuple((k, self._redactor.clean_text(v)) for k, v in response.headers),
            body=self._redactor.clean(response.body),
        )

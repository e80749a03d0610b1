"""The one way out: every request passes here, is paced, counted, watched and written down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier.model import (
    Burst,
    Clock,
    Environment,
    Exchange,
    Failure,
    Form,
    Headers,
    Intent,
    Journal,
    Outgoing,
    Redactor,
    Reply,
    Request,
    Response,
    TokenCall,
    Transport,
    Vendor,
    retry_after_seconds,
    sweeping,
)
from verifier.model.contract import SAFE_METHODS
from verifier.probing.admission import Admission
from verifier.probing.credentials import Credential, Credentials
from verifier.probing.errand import Errand
from verifier.probing.lanes import every
from verifier.probing.obstacles import NotAllowed, NotTestable
from verifier.probing.pace import LONGEST_WAIT_SECONDS, Pace
from verifier.probing.silence import Silence, knock
from verifier.probing.spending import Spending
from verifier.probing.tally import Counting

__all__ = ["Sender"]

Intend = Callable[[Request, float, str], Intent | None]
AGENT = "verifier (contract tests; +https://pypi.org/project/vendor-verifier)"
TOO_MANY = 429


class _Departure(Struct, frozen=True):
    """A request that leaves: as it may be kept, when, on whose behalf, and whereto."""

    request: Request
    at: float
    errand: Errand
    base: str
    intent: Intent | None


class Sender:
    """
    Sends requests for checks.

    ``deletable`` holds the paths that this run created; at a real vendor's nothing else is ever
    deleted, nor is anything asked that removes others' unless the user said so. ``intend`` is
    called with every request before it leaves, ``hear`` with every answer before secrets are taken
    out of it, ``watch`` with every exchange and what was intended by it.
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
        spending: Spending,
    ) -> None:
        self._vendor = vendor
        self._transport = transport
        self._credentials = credentials
        self._journal = journal
        self._redactor = redactor
        self._clock = clock
        self._pace = pace
        self._slots = asyncio.Semaphore(max(1, vendor.limits.concurrency))
        self._turns = asyncio.Lock()
        self._flying: set[asyncio.Task[Exchange]] = set()
        self._silence = Silence()
        self._knocking = asyncio.Lock()
        self._serial = journal.exchanges_sent()
        self._spending = spending
        sweeps = {o.key for o in vendor.contract.operations if sweeping(o)}
        self._sweeping = sweeps - vendor.may_change
        self.admission = Admission(vendor)
        self.counting = Counting()
        self.deletable: set[str] = set()
        self.hear: Callable[[Response], None] = lambda response: None
        self.intend: Intend = lambda request, at, by: None
        self.watch: Callable[[Exchange, Intent | None], None] = lambda exchange, intent: None

    @property
    def serial(self) -> int:
        """The number of the last exchange."""
        return self._serial

    @property
    def sent(self) -> int:
        """How many requests were sent so far, clean-up included."""
        return self._spending.sent

    async def knock(self) -> None:
        """VendorUnreachable where nobody answers at the address."""
        await knock(self._vendor, self._ask)

    async def send(
        self,
        request: Request,
        errand: Errand,
        *,
        free: bool = False,
        judged: bool = False,
        timeout_seconds: float = 0.0,
    ) -> Exchange:
        """
        Send one.

        Args:
            free: Whether it tidies up; so does all that is sent for a free errand.
            judged: Whether silence and refusals are judged: they keep nothing back.
            timeout_seconds: How long to wait for the answer; 0 takes the vendor's limit.

        Raises:
            NotAllowed: It must not be sent.
            NotTestable: Its operation has given no answer too often, or nothing is left to spend.
            VendorUnreachable: The vendor has gone, or refuses our credentials everywhere.
        """
        self._permit(request)
        patience = timeout_seconds or self._vendor.limits.timeout_seconds
        free = free or errand.free
        async with self._slots, self._in_turn():
            if not free:
                await self._still_there(request, judged=judged)
            self._spend(errand, 1, free=free)
            credential = await self._credentials.of(request.identity)
            attempt = self._attempt(request, credential, errand, patience)
            exchange = await self._whole(attempt, request)
            again = self._worth_renewing(exchange, credential)
            again = again or (self._worth_waiting(exchange) and not judged)
            if again and (free or self._spending.afford(1)):
                self._spend(errand, 1, free=free)
                credential = await self._credentials.of(request.identity)
                attempt = self._attempt(request, credential, errand, patience)
                exchange = await self._whole(attempt, request)
            if self.admission.noted(exchange, judged=judged):
                self._credentials.accepted(request.identity)
        return exchange

    def _in_turn(self) -> AbstractAsyncContextManager[None]:
        """One by one while our credentials are in doubt: each refusal may be the last."""
        return self._turns if self.admission.doubtful else nullcontext()

    async def send_together(
        self, requests: Sequence[Request], errand: Errand
    ) -> tuple[Exchange, ...]:
        """Send all before any answer is read."""
        for request in requests:
            self._permit(request)
            await self._still_there(request)
        self._spend(errand, len(requests))
        outgoing = [
            self._outgoing(request, await self._credentials.of(request.identity))
            for request in requests
        ]
        await self._pace.turn(len(requests))
        leaving = [self._leaving(request, errand) for request in requests]
        replies = await self._transport.send_together(outgoing)
        return tuple(
            self.counting.noted(self._record(departure, reply), staged=errand.staged)
            for departure, reply in zip(leaving, replies, strict=True)
        )

    async def abandon(self, request: Request, errand: Errand) -> Exchange:
        """Send one and cut the connection before its answer."""
        self._permit(request)
        await self._still_there(request)
        self._spend(errand, 1)
        outgoing = self._outgoing(request, await self._credentials.of(request.identity))
        await self._pace.turn()
        departure = self._leaving(request, errand)
        reply = await self._transport.abandon(outgoing)
        return self._record(departure, reply)

    async def burst(self, burst: Burst, errand: Errand) -> tuple[Exchange, ...]:
        """Send without a pace until it is refused; NotTestable where that is not allowed."""
        self._permit(burst.request)
        if not self._vendor.burstable:
            raise NotTestable("provoking limits was not allowed", "--allow-bursts")
        await self._still_there(burst.request)
        if not burst.at_limit:
            await self._pace.turn()
        got: list[Exchange] = []
        while len(got) < burst.most and not any(_ends(burst, exchange) for exchange in got):
            count = min(burst.at_once, burst.most - len(got))
            self._spend(errand, count)
            credential = await self._credentials.of(burst.request.identity)
            outgoing = self._outgoing(burst.request, credential)
            round_ = (self._at_once(burst.request, outgoing, errand) for _ in range(count))
            got += await every(round_)
        return tuple(got)

    async def call(self, step: TokenCall, errand: Errand) -> Exchange:
        """Ask an authorization server."""
        call = self._credentials.errand(step)
        self._spend(errand, 1)
        await self._pace.turn()
        request = call.request
        departure = self._leaving(request, errand, base=call.base)
        outgoing = Outgoing(
            method=request.method,
            url=f"{call.base}{request.path}",
            headers=(("User-Agent", AGENT), *request.headers, *call.secret),
            body=call.form,
            timeout_seconds=self._vendor.limits.timeout_seconds,
        )
        reply = await self._transport.send(outgoing)
        if reply.response is not None:
            self._credentials.issued(step, reply.response)
        return self._record(departure, reply)

    async def _at_once(self, request: Request, outgoing: Outgoing, errand: Errand) -> Exchange:
        departure = self._leaving(request, errand)
        reply = await self._transport.send(outgoing)
        return self._record(departure, reply)

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
        self, request: Request, credential: Credential, errand: Errand, patience: float
    ) -> Exchange:
        await self._pace.turn()
        outgoing = replace(self._outgoing(request, credential), timeout_seconds=patience)
        departure = self._leaving(request, errand)
        reply = await self._transport.send(outgoing)
        return self.counting.noted(self._record(departure, reply), staged=errand.staged)

    def _worth_renewing(self, exchange: Exchange, credential: Credential) -> bool:
        identity = exchange.request.identity
        refused = exchange.status == 401 and identity.form is Form.INTACT
        return refused and self._credentials.renew(identity, credential.secret)

    def _worth_waiting(self, exchange: Exchange) -> bool:
        """Whether it was refused for haste, and the pace now waits until that is over."""
        response = exchange.response
        if response is None or response.status != TOO_MANY:
            return False
        asked = retry_after_seconds(response, self._clock.now())
        return asked is not None and asked <= LONGEST_WAIT_SECONDS

    def _spend(self, errand: Errand, count: int, *, free: bool = False) -> None:
        self._spending.spend(count, free=free)
        errand.sent += count

    async def _still_there(self, request: Request, *, judged: bool = False) -> None:
        if not judged:
            self._silence.permit(request)
            self.admission.permit(request)
        if not self._silence.deep:
            return
        async with self._knocking:
            if self._silence.deep:
                await self.knock()
                self._silence.broken()

    async def _ask(self, request: Request) -> Exchange:
        """A knock: no silence keeps it back."""
        errand = Errand("is anybody there?")
        self._spend(errand, 1)
        credential = await self._credentials.of(request.identity)
        patience = self._vendor.limits.timeout_seconds
        return await self._attempt(request, credential, errand, patience)

    def guarded(self, request: Request) -> bool:
        """Whether it would remove, at a real vendor's, what this run did not create."""
        if self._vendor.environment is Environment.MOCK:
            return False
        if request.method == "DELETE":
            return bool(request.api) or request.path not in self.deletable
        return not request.api and request.operation in self._sweeping

    def _permit(self, request: Request) -> None:
        if request.method in SAFE_METHODS:
            return
        if self._vendor.environment is Environment.PRODUCTION or not self._vendor.writable:
            raise NotAllowed(f"{request.method} was asked for, and nothing may be written")
        if self.guarded(request):
            says = "would remove what this run did not create"
            raise NotAllowed(f"{request.method} {request.path} {says}")

    def _outgoing(self, request: Request, credential: Credential) -> Outgoing:
        own = {name.lower() for name, _ in request.headers}
        vendor = tuple((k, v) for k, v in self._vendor.headers.items() if k.lower() not in own)
        query = "&".join(part for part in (request.query, credential.query) if part)
        base = self._base(request)
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

    def _base(self, request: Request) -> str:
        """Where a request goes: nowhere but to addresses that the user named."""
        url = self._vendor.apis[request.api].base_url if request.api else self._vendor.base_url
        return url.rstrip("/")

    def _leaving(self, request: Request, errand: Errand, *, base: str = "") -> _Departure:
        """Write down what must be known of a request should nothing be heard of it."""
        shown, now = self._shown(request), self._clock.now()
        intent = self.intend(shown, now, errand.purpose)
        return _Departure(shown, now, errand, base or self._base(request), intent)

    def _record(self, departure: _Departure, reply: Reply) -> Exchange:
        self._serial += 1
        if reply.response is not None:
            self.hear(reply.response)
        exchange = Exchange(
            id=f"x{self._serial}",
            request=departure.request,
            response=self._clean(reply.response) if reply.response else None,
            failure=self._told(reply.failure) if reply.failure else None,
            timing=reply.timing,
            started=departure.at,
            base_url=departure.base,
            purpose=departure.errand.purpose,
        )
        self._journal.exchange(exchange)
        if reply.response is not None:
            self._pace.heed(reply.response)
        self._silence.noted(exchange)
        self.watch(exchange, departure.intent)
        return exchange

    def _shown(self, request: Request) -> Request:
        """The request as it may be kept: the credential by name, nothing secret in the rest."""
        return replace(
            request,
            path=self._redactor.clean_text(request.path),
            query=self._redactor.clean_text(request.query),
            headers=self._redactor.clean_headers(request.headers),
            body=self._redactor.clean(request.body),
        )

    def _clean(self, response: Response) -> Response:
        return replace(
            response,
            reason=self._redactor.clean_text(response.reason),
            headers=self._redactor.clean_headers(response.headers),
            body=self._redactor.clean(response.body),
        )

    def _told(self, failure: Failure) -> Failure:
        return replace(
            failure,
            says=self._redactor.clean_text(failure.says),
            received=self._redactor.clean(failure.received),
        )


def _ends(burst: Burst, exchange: Exchange) -> bool:
    return exchange.failure is not None or burst.stop_when(exchange)


def _with_cookie(headers: Headers, cookie: str) -> Headers:
    """Headers with one more cookie, all of them in one header (RFC 6265, 5.4)."""
    if not cookie:
        return headers
    held = [value for name, value in headers if name.lower() == "cookie"]
    rest = tuple((name, value) for name, value in headers if name.lower() != "cookie")
    return (*rest, ("Cookie", "; ".join((*held, cookie))))

"""One request after the other: passed on, judged, recorded, answered."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from verifier.model import Contract, Exchange, Journal, Reply, Request, Response
from verifier.serving.proxy.opinion import Judge, Opinion
from verifier.serving.proxy.relay import Relay, answer_of, trouble_of
from verifier.serving.proxy.secrecy import Secrecy
from verifier.wire import Answer, Incoming
from verifier.wire.body import Body, Wrong

__all__ = ["Passed", "Proxy"]

READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "QUERY"})
BODILESS = frozenset({204, 304})
MOST_WAITING = 1000
log = logging.getLogger(__name__)


class Seen(NamedTuple):
    """What went by, secrets included."""

    incoming: Incoming
    reply: Reply
    started: float


class Passed(Struct, frozen=True, kw_only=True):
    """An exchange that went by, as it is told: no secret in it."""

    exchange: Exchange
    opinion: Opinion


class Proxy:
    """
    Stands in front of a vendor.

    Args:
        journal: Where exchanges are kept; None keeps none.
        read_only: Whether only what reads is passed on, as for a vendor in production.
        passed: Called for each exchange, once it was judged and kept.

    ``work`` must run beside it.
    """

    def __init__(
        self,
        contract: Contract,
        relay: Relay,
        *,
        journal: Journal | None = None,
        read_only: bool = False,
        passed: Callable[[Passed], None] = lambda passed: None,
    ) -> None:
        self.contract = contract
        self._relay = relay
        self._journal = journal
        self._read_only = read_only
        self._passed = passed
        self._judge = Judge(contract)
        self._secrecy = Secrecy(contract)
        self._seen: asyncio.Queue[Seen] = asyncio.Queue(MOST_WAITING)
        self.exchanges = 0
        self.broken: Counter[tuple[str, str]] = Counter()

    async def answer(self, incoming: Incoming) -> Answer:
        """Answer one request with what the vendor answers; it is judged meanwhile."""
        if self._read_only and incoming.method not in READING:
            return _refused(incoming.method)
        started = time.time()
        reply = await self._relay.ask(incoming)
        await self._seen.put(Seen(incoming, reply, started))
        if reply.response is not None:
            return answer_of(reply.response)
        assert reply.failure is not None  # noqa: S101  (a Reply has one of the two)
        return trouble_of(reply.failure)

    async def work(self) -> None:
        """Judge and keep what went by, one after the other, for ever."""
        while True:
            seen = await self._seen.get()
            try:
                passed = await asyncio.to_thread(self._told, seen)
                self._keep(passed)
            except Exception:
                log.exception("an exchange could not be kept")
            finally:
                self._seen.task_done()

    async def finish(self) -> None:
        """Until everything that went by was kept."""
        await self._seen.join()

    def _keep(self, passed: Passed) -> None:
        self.exchanges += 1
        exchange, opinion = replace(passed.exchange, id=f"x{self.exchanges}"), passed.opinion
        where = opinion.operation.key if opinion.operation else exchange.request.path
        for side, says in (("request", opinion.request), ("answer", opinion.answer)):
            for one in says:
                self.broken[where, f"{side}: {one}"] += 1
        if self._journal is not None:
            self._journal.exchange(exchange)
        self._passed(replace(passed, exchange=exchange))

    def _told(self, seen: Seen) -> Passed:
        """What went by, without its secrets, and what is to be said of it."""
        incoming, reply, hide = seen.incoming, seen.reply, self._secrecy
        response = None if reply.response is None else decoded(reply.response, incoming.method)
        hide.learn(incoming.target, incoming.headers, response.headers if response else ())
        opinion = self._without_secrets(self._judge.judge(incoming, response))
        path, _, query = hide.text(incoming.target).partition("?")
        exchange = Exchange(
            id="",
            request=Request(
                method=incoming.method,
                path=path,
                query=query,
                headers=hide.headers(incoming.headers),
                body=hide.body(incoming.body),
                operation=opinion.operation.key if opinion.operation else "",
            ),
            response=response
            and replace(
                response,
                headers=hide.headers(response.headers),
                body=hide.body(response.body),
                size_bytes=max(response.size_bytes, len(response.body)),
            ),
            failure=reply.failure
            and replace(reply.failure, received=hide.body(reply.failure.received)),
            timing=reply.timing,
            started=seen.started,
            base_url=self._relay.base_url,
            purpose="proxy",
        )
        return Passed(exchange=exchange, opinion=opinion)

    def _without_secrets(self, opinion: Opinion) -> Opinion:
        return replace(
            opinion,
            request=tuple(map(self._secrecy.text, opinion.request)),
            answer=tuple(map(self._secrecy.text, opinion.answer)),
        )


def decoded(response: Response, method: str) -> Response:
    """An answer with its content coding undone, as far as it can be; else as it came."""
    coding = response.header("content-encoding") or ""
    if not coding or method == "HEAD" or response.status in BODILESS:
        return response
    body = Body(coding)
    if body.feed(response.body) is not None:
        return response
    whole = body.end()
    if isinstance(whole, Wrong):
        return response
    return replace(response, body=whole.kept, size_bytes=whole.size_bytes, digest=whole.digest)


def _refused(method: str) -> Answer:
    told = (
        f"verifier does not pass {method} on: this vendor's environment is production, which is "
        "read-only. Name a sandbox in vendor.yaml to write.\n"
    )
    headers = (("Content-Type", "text/plain; charset=utf-8"), ("X-Verifier-Proxy", "refused"))
    return Answer(status=403, headers=headers, body=told.encode())

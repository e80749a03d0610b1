"""An ASGI application as a vendor: in this process, without a socket."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from verifier.model import (
    Failure,
    FailureKind,
    Headers,
    Outgoing,
    Reply,
    Response,
    Timing,
    TlsFacts,
)
from verifier.probing.transports.lifespan import Application, Lifespan, Message
from verifier.wire.address import split
from verifier.wire.answer import text
from verifier.wire.body import Body, Wrong
from verifier.wire.head import completed, write
from verifier.wire.rendering import date

__all__ = ["AsgiTransport"]

BODILESS = frozenset({204, 304})
CRASHED = b"Internal Server Error"
BROKEN_OFF = Wrong(FailureKind.CLOSED, "the application broke off within its answer")
ENCODING = ("utf-8", "surrogateescape")
log = logging.getLogger(__name__)


class AsgiTransport:
    """
    Implements the port ``Transport`` on an ASGI 3 application.

    It is started (lifespan) with the first request and stopped by ``close``. It answers as behind a
    server: what it raises before an answer becomes a 500, a Date is added, work that goes on after
    the answer does not delay it.

    Args:
        application: Any callable of scope, receive and send.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._lifespan: Lifespan | None = None
        self._starting = asyncio.Lock()
        self._running: set[asyncio.Task[None]] = set()

    async def send(self, outgoing: Outgoing) -> Reply:
        """Call the application and read its whole answer."""
        return await self._exchange(outgoing, abandoned=False)

    async def send_together(self, outgoing: Sequence[Outgoing]) -> tuple[Reply, ...]:
        """Start all calls, then wait for all."""
        return tuple(await asyncio.gather(*(self.send(one) for one in outgoing)))

    async def abandon(self, outgoing: Outgoing) -> Reply:
        """Call the application, and be gone once it has read the request."""
        return await self._exchange(outgoing, abandoned=True)

    async def inspect(self, url: str) -> TlsFacts:
        """There is no wire, so there is no TLS."""
        return TlsFacts(secure=False, says="in process")

    async def close(self) -> None:
        """Stop what still runs, then the application."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        lifespan, self._lifespan = self._lifespan, None
        if lifespan is not None:
            await lifespan.stop()

    async def _exchange(self, outgoing: Outgoing, *, abandoned: bool) -> Reply:
        write(outgoing)  # refuses what would break out of its line, as on a wire
        began = time.perf_counter()
        lifespan = await self._started()
        if lifespan.refusal:
            return _failed(FailureKind.REFUSED, lifespan.refusal, "connect", began)
        call = _Call(outgoing, lifespan.state, abandoned=abandoned)
        task = asyncio.create_task(call.run(self._application))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            async with asyncio.timeout(outgoing.timeout_seconds):
                await call.over
        except TimeoutError:
            task.cancel()
            what = "whole answer" if call.phase == "read" else "answer"
            says = f"no {what} within {outgoing.timeout_seconds:g} seconds"
            return _failed(FailureKind.TIMEOUT, says, call.phase, began)
        except asyncio.CancelledError:
            task.cancel()
            raise
        if abandoned:
            says = "we were gone once the request had arrived"
            return _failed(FailureKind.ABANDONED, says, "wait", began)
        return call.reply(began)

    async def _started(self) -> Lifespan:
        """Start the application, once."""
        if self._lifespan is not None:
            return self._lifespan
        async with self._starting:
            if self._lifespan is None:
                lifespan = Lifespan(self._application)
                await lifespan.start()
                self._lifespan = lifespan
            return self._lifespan


class _Call:
    """One request to the application; ``over`` is done once there is nothing to wait for."""

    def __init__(self, outgoing: Outgoing, state: Mapping[str, Any], *, abandoned: bool) -> None:
        self._outgoing = outgoing
        self._state = state
        self._abandoned = abandoned
        self._asked = False
        self._status = 0
        self._headers: Headers = ()
        self._promised = -1
        self._body = Body()
        self._wrong: Wrong | None = None
        self._whole = False
        self._first_byte_at = 0.0
        self._gone = asyncio.Event()
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def phase(self) -> str:
        """How far it has come."""
        return "read" if self._status else "wait"

    async def run(self, application: Application) -> None:
        """Call it to its end, which may be after its answer."""
        try:
            await application(_scope(self._outgoing, self._state), self._receive, self._send)
        except Exception:
            log.exception("the application failed at a %s", self._outgoing.method)
        finally:
            self._end()

    def reply(self, began: float) -> Reply:
        """What a client would have seen."""
        if not self._status:
            self._start(500, (("content-type", "text/plain; charset=utf-8"),))
            self._body.feed(CRASHED)
        elif not self._whole or self._body.raw_bytes < self._promised:
            self._wrong = self._wrong or BROKEN_OFF
        whole = self._wrong or self._body.end()
        if isinstance(whole, Wrong):
            return _failed(whole.kind, whole.says, "read", began)
        dated = any(name.lower() == "date" for name, _ in self._headers)
        response = Response(
            status=self._status,
            headers=self._headers if dated else (*self._headers, ("date", date())),
            body=whole.kept,
            size_bytes=whole.size_bytes,
            digest=whole.digest,
        )
        timing = Timing(
            first_byte_seconds=self._first_byte_at - began,
            total_seconds=time.perf_counter() - began,
        )
        return Reply(response=response, timing=timing)

    async def _receive(self) -> Message:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": self._outgoing.body, "more_body": False}
        if self._abandoned:
            self._end()
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        kind = message["type"]
        if self._gone.is_set():
            return
        if kind == "http.response.start" and not self._status:
            headers = tuple((text(k), text(v)) for k, v in message.get("headers", ()))
            self._start(message["status"], headers)
        elif kind == "http.response.body" and self._status:
            self._take(message.get("body", b""))
            if not message.get("more_body", False):
                self._whole = True
                self._end()
        else:
            raise RuntimeError(f"'{kind}' is no message that can be sent now")

    def _start(self, status: int, headers: Headers) -> None:
        self._first_byte_at = time.perf_counter()
        self._status, self._headers = status, headers
        given = {name.lower(): value for name, value in headers}
        if self._outgoing.method != "HEAD" and status not in BODILESS:
            length = given.get("content-length", "")
            self._promised = int(length) if length.isdecimal() else -1
            self._body = Body(given.get("content-encoding", ""))
        else:
            self._promised = 0

    def _take(self, piece: bytes) -> None:
        """Take a part of the body, up to the length that was promised."""
        if self._promised >= 0:
            piece = piece[: self._promised - self._body.raw_bytes]
        self._wrong = self._wrong or self._body.feed(piece)
        if self._wrong is not None:
            self._end()

    def _end(self) -> None:
        self._gone.set()
        if not self.over.done():
            self.over.set_result(None)


def _scope(outgoing: Outgoing, state: Mapping[str, Any]) -> Message:
    origin, target = split(outgoing.url)
    path, _, query = target.partition("?")
    headers = completed(outgoing, origin)
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": outgoing.method,
        "scheme": origin.scheme,
        "path": unquote(path),
        "raw_path": path.encode(*ENCODING),
        "query_string": query.encode(*ENCODING),
        "root_path": "",
        "headers": [(k.lower().encode(*ENCODING), v.encode(*ENCODING)) for k, v in headers],
        "client": ("127.0.0.1", 0),
        "server": (origin.host, origin.port),
        "state": dict(state),
    }


def _failed(kind: FailureKind, says: str, phase: str, began: float) -> Reply:
    failure = Failure(kind=kind, says=says, phase=phase)
    return Reply(failure=failure, timing=Timing(total_seconds=time.perf_counter() - began))

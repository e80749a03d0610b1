"""A vendor through httpx: for proxies, HTTP/2, respx, and whoever brings a client of their own."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from typing import Any, cast

import httpx

from verifier.model import Failure, FailureKind, Outgoing, Reply, Response, Timing, TlsFacts
from verifier.wire.address import split
from verifier.wire.answer import text
from verifier.wire.body import Body, Wrong
from verifier.wire.head import completed, write
from verifier.wire.tls import context_for, look
from verifier.wire.trouble import not_connected

__all__ = ["HttpxTransport"]

# A TLS handshake that is cancelled leaves its socket open (anyio); one timed out by httpx does not.
CONNECT_SHARE = 0.8
ENCODING = ("utf-8", "surrogateescape")


class HttpxTransport:
    """
    Implements the port ``Transport`` on ``httpx.AsyncClient``.

    Of a client that is brought along, its proxies, mounts, TLS, HTTP version and hooks are used,
    but not its headers, cookies and auth, since a request is sent as it is given; closing it is its
    owner's. What httpx does not show: the bytes of a broken answer, and when the first byte came
    (the time is that of the whole head). Bytes that a server sends unasked after an answer may
    spoil the next one. Requests sent together are started together.

    Args:
        client: None makes one, without proxies from the environment.
        verify: For that one: True, a PEM file of authorities, or False.
    """

    def __init__(
        self, client: httpx.AsyncClient | None = None, *, verify: bool | str = True
    ) -> None:
        self._verify = verify
        self._owned = client is None
        self._client = client or httpx.AsyncClient(
            verify=context_for(verify), trust_env=False, limits=httpx.Limits(max_connections=None)
        )

    async def send(self, outgoing: Outgoing) -> Reply:
        """Send one request and read its whole answer."""
        watch = _Watch()
        try:
            async with asyncio.timeout(outgoing.timeout_seconds):
                return await self._exchange(outgoing, watch)
        except TimeoutError:
            what = "whole answer" if watch.phase == "read" else "answer"
            says = f"no {what} within {outgoing.timeout_seconds:g} seconds"
            return watch.failed(FailureKind.TIMEOUT, says)

    async def send_together(self, outgoing: Sequence[Outgoing]) -> tuple[Reply, ...]:
        """Start all, then wait for all."""
        return tuple(await asyncio.gather(*(self.send(one) for one in outgoing)))

    async def abandon(self, outgoing: Outgoing) -> Reply:
        """Close the connection once the request is written."""
        watch = _Watch()
        sending = asyncio.create_task(self._exchange(outgoing, watch))
        written = asyncio.create_task(watch.written.wait())
        try:
            await asyncio.wait(
                (sending, written),
                timeout=outgoing.timeout_seconds,
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            sending.cancel()
            written.cancel()
            ended, _ = await asyncio.gather(sending, written, return_exceptions=True)
        if isinstance(ended, Reply) and ended.failure is not None:
            return ended
        if isinstance(ended, Exception):
            raise ended
        says = "we cut the connection once the request was on the wire"
        return watch.failed(FailureKind.ABANDONED, says)

    async def inspect(self, url: str) -> TlsFacts:
        """Shake hands (without httpx, and without its proxies), and say what was seen."""
        return await look(url, self._verify)

    async def close(self) -> None:
        """Close the client, unless it was brought along."""
        if self._owned:
            await self._client.aclose()

    async def _exchange(self, outgoing: Outgoing, watch: _Watch) -> Reply:
        write(outgoing)  # refuses what would break out of its line, in the same words
        try:
            request = _request(outgoing, watch)
            response = await self._client.send(
                request, auth=None, follow_redirects=False, stream=True
            )
            try:
                return await _answer(response, watch)
            finally:
                await response.aclose()
        except httpx.TimeoutException as error:
            says = f"httpx's own timeout came first ({type(error).__name__})"
            return watch.failed(FailureKind.TIMEOUT, says)
        except (httpx.TransportError, httpx.InvalidURL) as error:
            return _broken(error, outgoing, watch)


class _Watch:
    """How far an exchange has come, and when."""

    def __init__(self) -> None:
        self.phase = "connect"
        self.written = asyncio.Event()
        self._began = time.perf_counter()
        self._times: dict[str, float] = {}

    async def __call__(self, event: str, _: Any) -> None:
        """Hear of an event (httpcore's trace extension)."""
        name = event.partition(".")[2]
        since = time.perf_counter() - self._began
        if name in ("connect_tcp.complete", "start_tls.complete"):
            self._times["connected"] = since
        elif name == "send_request_headers.started":
            self.phase = "write"
        elif name == "send_request_body.complete":
            self.phase = "wait"
            self._times["written"] = since
            self.written.set()
        elif name == "receive_response_headers.complete":
            self.phase = "read"
            self._times["first_byte"] = since

    @property
    def timing(self) -> Timing:
        """The times up to now."""
        return Timing(
            connected_seconds=self._times.get("connected", -1.0),
            written_seconds=self._times.get("written", -1.0),
            first_byte_seconds=self._times.get("first_byte", -1.0),
            total_seconds=time.perf_counter() - self._began,
        )

    def failed(self, kind: FailureKind, says: str) -> Reply:
        """A failure in the phase reached."""
        failure = Failure(kind=kind, says=says, phase=self.phase)
        return Reply(failure=failure, timing=self.timing)


def _request(outgoing: Outgoing, watch: _Watch) -> httpx.Request:
    origin, target = split(outgoing.url)
    request = httpx.Request(
        outgoing.method,
        outgoing.url,
        headers=[
            (k.encode(*ENCODING), v.encode(*ENCODING)) for k, v in completed(outgoing, origin)
        ],
        stream=httpx.ByteStream(outgoing.body),
        # httpx would normalise the target; this is its way to send one as it is.
        extensions={
            "trace": watch,
            "target": target.encode(*ENCODING),
            "timeout": {"connect": outgoing.timeout_seconds * CONNECT_SHARE},
        },
    )
    request.method = outgoing.method  # httpx would send it in capitals
    return request


async def _answer(response: httpx.Response, watch: _Watch) -> Reply:
    watch.phase = "read"
    body = Body(response.headers.get("content-encoding", ""))
    raw = cast("AsyncGenerator[bytes, None]", response.aiter_raw())
    async with contextlib.aclosing(raw) as pieces:
        async for piece in pieces:
            wrong = body.feed(piece)
            if wrong is not None:
                return watch.failed(*wrong)
    whole = body.end()
    if isinstance(whole, Wrong):
        return watch.failed(*whole)
    version = response.extensions.get("http_version", b"HTTP/1.1")
    return Reply(
        response=Response(
            status=response.status_code,
            headers=tuple((text(name), text(value)) for name, value in response.headers.raw),
            body=whole.kept,
            reason=text(response.extensions.get("reason_phrase", b"")),
            size_bytes=whole.size_bytes,
            digest=whole.digest,
            http_version=text(version).rpartition("/")[2],
        ),
        timing=watch.timing,
    )


def _broken(error: Exception, outgoing: Outgoing, watch: _Watch) -> Reply:
    origin, _ = split(outgoing.url)
    causes = list(_causes(error))
    if isinstance(error, httpx.ConnectError):
        kinds = (ssl.SSLError, OSError, UnicodeError)
        found = next((c for kind in kinds for c in reversed(causes) if isinstance(c, kind)), error)
        failure = not_connected(found, origin.host, origin.port, outgoing.timeout_seconds)
        return Reply(failure=failure, timing=watch.timing)
    if isinstance(error, httpx.RemoteProtocolError):
        return watch.failed(*_protocol(str(error)))
    if isinstance(error, httpx.ReadError | httpx.WriteError | httpx.CloseError):
        return watch.failed(FailureKind.RESET, "the server reset the connection")
    return watch.failed(FailureKind.OTHER, f"httpx: {error}")


def _protocol(says: str) -> tuple[FailureKind, str]:
    """What h11 objects to, by its words: it has no codes."""
    if "without sending" in says:
        return FailureKind.CLOSED, f"the server closed the connection ({says})"
    if "too long" in says or "too many" in says.lower():
        return FailureKind.TOO_LARGE, f"its headers have no end ({says})"
    return FailureKind.GARBAGE, f"what it answers is not HTTP: {says}"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__

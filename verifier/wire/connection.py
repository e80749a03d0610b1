"""One client connection: bytes out, an answer (or what came instead) in."""

from __future__ import annotations

import asyncio
import hashlib
import time
import zlib
from collections.abc import Callable

import httptools

from verifier.model import Failure, FailureKind, Response

__all__ = ["Connection"]

MOST_HEADER_BYTES = 256 * 1024
MOST_BODY_BYTES = 64 * 1024 * 1024
KEPT_BODY_BYTES = 8 * 1024 * 1024
KEPT_GARBAGE_BYTES = 4096
MOST_INTERIM_ANSWERS = 16


class Connection(asyncio.Protocol):
    """
    Carries one exchange at a time.

    ``answer`` resolves to a Response, or to a Failure; it never raises.
    """

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.closed = False
        self.reusable = True
        self.first_byte = -1.0
        self._done: asyncio.Future[Response | Failure] | None = None
        self._begin("GET")

    def _begin(self, method: str) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._method = method
        self._raw = bytearray()
        self._header_bytes = 0
        self._headers: list[tuple[str, str]] = []
        self._reason = ""
        self._status = 0
        self._interim = 0
        self._body: _Body | None = None
        self.first_byte = -1.0

    def ask(self, method: str, data: bytes) -> asyncio.Future[Response | Failure]:
        """Write a request; the future resolves when its answer is whole or will never be."""
        self._begin(method)
        self._done = asyncio.get_running_loop().create_future()
        if self.closed or self.transport is None:
            self._fail(FailureKind.CLOSED, "the server had closed the connection")
        else:
            self.transport.write(data)
        return self._done

    @property
    def waiting_for(self) -> str:
        """The phase of the exchange: nothing of an answer yet, or in the midst of it."""
        return "wait" if self.first_byte < 0 else "read"

    def stop(self, *, abort: bool = False) -> None:
        """Close the connection, or cut it."""
        self.closed = True
        if self.transport is not None:
            (self.transport.abort if abort else self.transport.close)()

    def received(self) -> bytes:
        """The beginning of what came."""
        return bytes(self._raw[:KEPT_GARBAGE_BYTES])

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the transport."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  (asyncio's own promise)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Feed the parser; anything that comes unasked spoils the connection."""
        if self._done is None or self._done.done():
            self.reusable = False
            return
        if self.first_byte < 0:
            self.first_byte = time.perf_counter()
        if len(self._raw) < KEPT_GARBAGE_BYTES:
            self._raw += data[:KEPT_GARBAGE_BYTES]
        if self._body is None:
            self._header_bytes += len(data)
            if self._header_bytes > MOST_HEADER_BYTES:
                self._fail(FailureKind.TOO_LARGE, "its headers have no end")
                return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._fail(FailureKind.GARBAGE, f"its answer is not HTTP ({error})")

    def eof_received(self) -> bool:
        """The server has nothing more to say."""
        self.closed = True
        self.reusable = False
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Conclude from what has come so far."""
        self.closed = True
        if self._done is None or self._done.done():
            return
        if self._body is not None and self._body.until_close and exc is None:
            self._finish()
        elif isinstance(exc, ConnectionResetError):
            self._fail(FailureKind.RESET, "the server reset the connection")
        elif self.first_byte < 0:
            self._fail(FailureKind.CLOSED, "the server closed the connection without an answer")
        else:
            self._fail(FailureKind.CLOSED, "the server closed the connection within its answer")

    # httptools

    def on_message_begin(self) -> None:
        """A (further) answer begins."""
        self._headers, self._reason = [], ""

    def on_status(self, status: bytes) -> None:
        """Collect the reason phrase."""
        self._reason += status.decode("latin-1")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header as it came."""
        self._headers.append((name.decode("latin-1"), _text(value)))

    def on_headers_complete(self) -> None:
        """Interim answers are passed over; HEAD, 204 and 304 have no body."""
        status = self._parser.get_status_code()
        if 100 <= status < 200 and status != 101:
            self._interim += 1
            if self._interim > MOST_INTERIM_ANSWERS:
                raise httptools.HttpParserError("too many interim answers")
            return
        self._status = status
        self.reusable = self._parser.should_keep_alive()
        self._body = _Body(self._headers)
        if self._method == "HEAD" or status in (204, 304):
            self._finish()

    def on_body(self, body: bytes) -> None:
        """Keep a part of the body, decoded."""
        if self._body is None or self._done is None or self._done.done():
            return
        wrong = self._body.feed(body)
        if wrong:
            self._fail(*wrong)

    def on_message_complete(self) -> None:
        """The answer is whole."""
        if self._status:
            self._finish()

    def _finish(self) -> None:
        if self._done is None or self._done.done() or self._body is None:
            return
        body, size, digest = self._body.end()
        version = self._parser.get_http_version()
        self._done.set_result(
            Response(
                status=self._status,
                headers=tuple(self._headers),
                body=body,
                reason=self._reason,
                size_bytes=size,
                digest=digest,
                http_version=version,
            )
        )

    def _fail(self, kind: FailureKind, says: str) -> None:
        if self._done is not None and not self._done.done():
            self._done.set_result(
                Failure(kind=kind, says=says, phase=self.waiting_for, received=self.received())
            )
        self.reusable = False
        self.stop()


class _Body:
    """A body as it comes: decoded, kept up to a size, counted and hashed beyond."""

    def __init__(self, headers: list[tuple[str, str]]) -> None:
        named = {name.lower(): value.strip().lower() for name, value in headers}
        self.until_close = "content-length" not in named and "chunked" not in named.get(
            "transfer-encoding", ""
        )
        self._decoder = _decoder(named.get("content-encoding", ""))
        self._kept = bytearray()
        self._size = 0
        self._hash = hashlib.sha256()

    def feed(self, data: bytes) -> tuple[FailureKind, str] | None:
        try:
            for piece in self._decoder(data):
                self._size += len(piece)
                self._hash.update(piece)
                self._kept += piece[: max(0, KEPT_BODY_BYTES - len(self._kept))]
                if self._size > MOST_BODY_BYTES:
                    return FailureKind.TOO_LARGE, f"its body is larger than {MOST_BODY_BYTES} bytes"
        except zlib.error as error:
            return FailureKind.GARBAGE, f"its body is not what Content-Encoding says ({error})"
        return None

    def end(self) -> tuple[bytes, int, str]:
        cut = self._size > len(self._kept)
        return bytes(self._kept), self._size, self._hash.hexdigest() if cut else ""


PIECE_BYTES = 1024 * 1024


def _decoder(encoding: str) -> Callable[[bytes], list[bytes]]:
    if encoding not in ("gzip", "x-gzip", "deflate"):
        return lambda data: [data]
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)

    def decode(data: bytes) -> list[bytes]:
        pieces, total = [], 0
        while data and total <= MOST_BODY_BYTES:
            pieces.append(inflate.decompress(data, PIECE_BYTES))
            total += len(pieces[-1])
            data = inflate.unconsumed_tail
        return pieces

    return decode


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")

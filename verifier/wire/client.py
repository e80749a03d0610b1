"""A client that shows what happened: no retry, no redirect, no cookie, no proxy."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import struct
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from verifier.errors import UsageError
from verifier.model import Failure, FailureKind, Outgoing, Reply, Response, Timing, TlsFacts
from verifier.wire.connection import Connection
from verifier.wire.tls import look, words

__all__ = ["Client"]

CONNECT_SECONDS = 10.0
UNSENDABLE = re.compile(r"[\r\n\0]")
Origin = tuple[str, str, int]


class Client:
    """
    Speaks HTTP/1.1; implements the port ``Transport``.

    Args:
        verify: True for the system's certificates, False to trust anybody, or a CA file's path.
    """

    def __init__(self, *, verify: bool | str = True) -> None:
        self._verify = verify
        self._context: ssl.SSLContext | None = None
        self._idle: dict[Origin, list[Connection]] = {}

    async def send(self, outgoing: Outgoing) -> Reply:
        """Send one request and read its whole answer."""
        origin, data = _written(outgoing)
        started = time.perf_counter()
        connection = await self._open(origin)
        if isinstance(connection, Failure):
            return _reply(connection, started)
        return await self._exchange(origin, connection, outgoing, data, started)

    async def send_together(self, outgoing: Sequence[Outgoing]) -> tuple[Reply, ...]:
        """Open all connections, write all but the last byte of each, then all the last bytes."""
        written = [_written(one) for one in outgoing]
        connections = await asyncio.gather(*(self._open(origin) for origin, _ in written))
        for connection, (_, data) in zip(connections, written, strict=True):
            if isinstance(connection, Connection) and connection.transport:
                connection.transport.write(data[:-1])
        await asyncio.sleep(0)
        started = time.perf_counter()
        exchanges = []
        for one, connection, (origin, data) in zip(outgoing, connections, written, strict=True):
            if isinstance(connection, Failure):
                exchanges.append(_settled(_reply(connection, started)))
            else:
                last = data[-1:]
                exchanges.append(self._exchange(origin, connection, one, last, started))
        return tuple(await asyncio.gather(*exchanges))

    async def abandon(self, outgoing: Outgoing) -> Reply:
        """Write the whole request, then reset the connection."""
        origin, data = _written(outgoing)
        started = time.perf_counter()
        connection = await self._open(origin)
        if isinstance(connection, Failure):
            return _reply(connection, started)
        connection.ask(outgoing.method, data)
        await _flushed(connection)
        _cut(connection)
        says = "we cut the connection once the request was on the wire"
        failure = Failure(kind=FailureKind.ABANDONED, says=says, phase="wait")
        return _reply(failure, started)

    async def inspect(self, url: str) -> TlsFacts:
        """Look at the TLS of the address."""
        origin = _origin(url)
        if origin[0] != "https":
            return TlsFacts(secure=False, says="plain HTTP")
        return await look(origin[1], origin[2], self._context_for(origin))

    async def close(self) -> None:
        """Give all connections back."""
        for connections in self._idle.values():
            for connection in connections:
                connection.stop()
        self._idle.clear()
        await asyncio.sleep(0)

    async def _exchange(
        self, origin: Origin, connection: Connection, outgoing: Outgoing, data: bytes, began: float
    ) -> Reply:
        connected = time.perf_counter()
        answer = connection.ask(outgoing.method, data)
        written = time.perf_counter()
        try:
            async with asyncio.timeout(outgoing.timeout_seconds):
                came = await answer
        except TimeoutError:
            says = f"no (whole) answer within {outgoing.timeout_seconds:g} seconds"
            came = Failure(
                kind=FailureKind.TIMEOUT,
                says=says,
                phase=connection.waiting_for,
                received=connection.received(),
            )
        except asyncio.CancelledError:
            connection.stop(abort=True)
            raise
        if isinstance(came, Response) and connection.reusable and not connection.closed:
            self._idle.setdefault(origin, []).append(connection)
        else:
            connection.stop(abort=True)
        timing = Timing(
            connected_seconds=connected - began,
            written_seconds=written - began,
            first_byte_seconds=connection.first_byte - began if connection.first_byte > 0 else -1.0,
            total_seconds=time.perf_counter() - began,
        )
        if isinstance(came, Response):
            return Reply(response=came, timing=timing)
        return Reply(failure=came, timing=timing)

    async def _open(self, origin: Origin) -> Connection | Failure:
        """An idle connection that is still open, else a new one."""
        idle = self._idle.get(origin, [])
        while idle:
            connection = idle.pop()
            if not connection.closed and connection.reusable:
                return connection
            connection.stop()
        scheme, host, port = origin
        context = self._context_for(origin) if scheme == "https" else None
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                _, connection = await loop.create_connection(
                    Connection, host, port, ssl=context, server_hostname=host if context else None
                )
        except (OSError, TimeoutError, ssl.SSLError, UnicodeError) as error:
            return _not_connected(error, host, port)
        return connection

    def _context_for(self, origin: Origin) -> ssl.SSLContext:
        if self._context is None:
            cafile = self._verify if isinstance(self._verify, str) else None
            self._context = ssl.create_default_context(cafile=cafile)
            if self._verify is False:
                self._context.check_hostname = False
                self._context.verify_mode = ssl.CERT_NONE
        return self._context


def _origin(url: str) -> Origin:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(
            f"'{url}' is no address of an API", mend="Give one such as https://api.example.com."
        )
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def _written(outgoing: Outgoing) -> tuple[Origin, bytes]:
    """Where a request goes, and its bytes: target and headers exactly as given."""
    origin = _origin(outgoing.url)
    _, _, rest = outgoing.url.partition("://")
    slash = min((i for i in (rest.find("/"), rest.find("?")) if i >= 0), default=-1)
    target = rest[slash:].partition("#")[0] if slash >= 0 else "/"
    target = target if target.startswith("/") else f"/{target}"
    host = (rest[:slash] if slash >= 0 else rest).rpartition("@")[2]
    given = {name.lower() for name, _ in outgoing.headers}
    lines = [f"{outgoing.method} {target} HTTP/1.1"]
    if "host" not in given:
        lines.append(f"Host: {host}")
    lines += [f"{name}: {value}" for name, value in outgoing.headers]
    has_body = outgoing.body or outgoing.method in ("POST", "PUT", "PATCH")
    if has_body and not given & {"content-length", "transfer-encoding"}:
        lines.append(f"Content-Length: {len(outgoing.body)}")
    wrong = next((line for line in lines if UNSENDABLE.search(line)), None)
    if wrong is not None or " " in target:
        raise UsageError(
            f"a request line or header cannot be sent: {(wrong or target)[:80]!r}",
            mend="Take line breaks and control characters out of it.",
        )
    return origin, "\r\n".join((*lines, "", "")).encode("utf-8", "surrogateescape") + outgoing.body


def _not_connected(error: BaseException, host: str, port: int) -> Failure:
    where = f"{host}:{port}"
    if isinstance(error, socket.gaierror | UnicodeError):
        kind, says = FailureKind.DNS, f"the host {host} is not known"
    elif isinstance(error, ssl.SSLError):
        kind, says = FailureKind.TLS, f"no secure connection to {where}: {words(error)}"
    elif isinstance(error, ConnectionRefusedError):
        kind, says = FailureKind.REFUSED, f"nothing listens at {where}"
    elif isinstance(error, TimeoutError):
        kind, says = FailureKind.TIMEOUT, f"no connection to {where} in {CONNECT_SECONDS:g} seconds"
    elif isinstance(error, ConnectionResetError):
        kind, says = FailureKind.RESET, f"{where} reset the connection"
    else:
        kind, says = FailureKind.OTHER, f"no connection to {where}: {error}"
    return Failure(kind=kind, says=says, phase="connect")


def _reply(failure: Failure, started: float) -> Reply:
    return Reply(failure=failure, timing=Timing(total_seconds=time.perf_counter() - started))


async def _settled(reply: Reply) -> Reply:
    return reply


async def _flushed(connection: Connection) -> None:
    """Until the operating system has taken every byte."""
    while connection.transport is not None and connection.transport.get_write_buffer_size():
        await asyncio.sleep(0.001)


def _cut(connection: Connection) -> None:
    """Close with a reset instead of a farewell."""
    sock = connection.transport.get_extra_info("socket") if connection.transport else None
    if sock is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.stop(abort=True)

"""
The wire: CPU of a request, ours against httpx (the peer) and a bare protocol (the limit).

    python benchmarks/wire.py [requests a round]

A small server of our own answers from another process. CPU time (user and system) of this process
for the clients and of the other for the server, the least of interleaved rounds; only the ratios
compare. Goals: the client at most 60 us a request over 16 connections, the server at most 20 us.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import sys
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection as Pipe

import httptools
import httpx

from verifier.model import Outgoing
from verifier.wire import Answer, Client, Incoming, serve

ROUNDS = 5
BODY = (
    b'{"name":"benchmark","amount":1250,"currency":"EUR","tags":["a","b","c"],"note":"' + b"x" * 20
)
BODY += b'"}'
SENT = (("Content-Type", "application/json"), ("Accept", "application/json"))
Send = Callable[[], Awaitable[None]]


def answer(incoming: Incoming) -> Answer:
    """What the server says."""
    return Answer(status=200, headers=(("Content-Type", "application/json"),), body=incoming.body)


def server(pipe: Pipe) -> None:
    """Serve in a process of its own; tell its CPU time whenever asked."""

    async def run() -> None:
        listening = await serve(answer)
        bare = await asyncio.get_running_loop().create_server(BareServer, "127.0.0.1", 0)
        pipe.send((listening.port, bare.sockets[0].getsockname()[1]))
        while await asyncio.to_thread(pipe.recv):
            pipe.send(time.process_time())
        bare.close()
        await listening.close()

    asyncio.run(run())


class BareServer(asyncio.Protocol):
    """The least that a server can be: a parser, and ready bytes out."""

    def __init__(self) -> None:
        self.parser = httptools.HttpRequestParser(self)
        self.data = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_message_complete(self) -> None:
        self.transport.write(self.data)  # type: ignore[attr-defined]


class Bare(asyncio.Protocol):
    """The least that a client can be: ready bytes out, a parser, and a future."""

    def __init__(self) -> None:
        self.parser = httptools.HttpResponseParser(self)
        self.body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self.body = body

    def on_message_complete(self) -> None:
        self.done.set_result(self.body)

    def ask(self, data: bytes) -> asyncio.Future[bytes]:
        self.done: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.transport.write(data)  # type: ignore[attr-defined]
        return self.done


async def spend(count: int, connections: int, send: Callable[[int], Awaitable[None]]) -> float:
    """CPU seconds of ``count`` requests by so many tasks, each on a connection."""

    async def work(number: int) -> None:
        for _ in range(count // connections):
            await send(number)

    await asyncio.gather(*(send(number) for number in range(connections)))
    begun = time.process_time()
    await asyncio.gather(*(work(number) for number in range(connections)))
    return time.process_time() - begun


async def ours(port: int, count: int, connections: int) -> float:
    client = Client()
    outgoing = Outgoing(
        method="POST", url=f"http://127.0.0.1:{port}/customers?a=1", headers=SENT, body=BODY
    )

    async def send(_: int) -> None:
        reply = await client.send(outgoing)
        assert reply.response is not None
        assert reply.response.body == BODY

    try:
        return await spend(count, connections, send)
    finally:
        await client.close()


async def peer(port: int, count: int, connections: int) -> float:
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    async with httpx.AsyncClient(limits=limits, trust_env=False) as client:

        async def send(_: int) -> None:
            url = f"http://127.0.0.1:{port}/customers?a=1"
            response = await client.post(url, headers=list(SENT), content=BODY)
            assert response.content == BODY

        return await spend(count, connections, send)


async def limit(port: int, count: int, connections: int) -> float:
    loop = asyncio.get_running_loop()
    made = [await loop.create_connection(Bare, "127.0.0.1", port) for _ in range(connections)]
    head = f"POST /customers?a=1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in SENT)
    data = f"{head}Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY

    async def send(number: int) -> None:
        assert await made[number][1].ask(data) == BODY

    try:
        return await spend(count, connections, send)
    finally:
        for transport, _ in made:
            transport.abort()


def main(count: int) -> None:
    """Print the table."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=server, args=(there,))
    process.start()
    port, bare_port = here.recv()

    def server_cpu() -> float:
        here.send(True)
        return float(here.recv())

    def served(where: int, connections: int) -> tuple[float, float]:
        """CPU of the barest client and of the server that it asks, a request."""
        before = server_cpu()
        spent = asyncio.run(limit(where, count, connections))
        return spent / count, (server_cpu() - before) / count

    for connections in (1, 16):
        best: dict[str, float] = {}
        few = max(connections * 4, count // 10)
        for _ in range(ROUNDS):
            floor, our_server = served(port, connections)
            _, bare_server = served(bare_port, connections)
            round_ = {
                "our client": asyncio.run(ours(port, count, connections)) / count,
                "httpx": asyncio.run(peer(port, few, connections)) / few,
                "bare client": floor,
                "our server": our_server,
                "bare server": bare_server,
            }
            best = {name: min(best.get(name, 1.0), seconds) for name, seconds in round_.items()}
        client, server_ = best["our client"], best["our server"]
        print(f"{connections} connection{'s' if connections > 1 else ''}, us of CPU a request")
        print("  " + ", ".join(f"{name} {seconds * 1e6:.0f}" for name, seconds in best.items()))
        print(
            f"  client: {client / best['bare client']:.1f} x the limit, httpx takes "
            f"{best['httpx'] / client:.0f} x ours; server: "
            f"{server_ / best['bare server']:.1f} x the limit"
        )
    here.send(False)
    process.join()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8000)

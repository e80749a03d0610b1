"""
What each way into the mock costs: CPU of a request beyond that of the vendor's own answer.

    python benchmarks/mock_doors.py [requests a round]

The limit is `MockVendor.answer`, called directly. Beside it: the director (ledger and scripts), the
ASGI application, the httpx transport, and a socket asked by our own client (both ends in this
process). CPU time, the least of interleaved rounds; only the ratios compare.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

import verifier
from verifier.mocking import Mock, MockVendor
from verifier.model import Outgoing
from verifier.wire import Client, Incoming

ROUNDS = 5
SAMPLE = Path(__file__).resolve().parents[1] / "specs" / "acme-billing"
BODY = b'{"name": "Ada", "email": "ada@example.com"}'
JSON = ("Content-Type", "application/json")


def headers_of(secrets: dict[str, dict[str, str]]) -> tuple[tuple[str, str], ...]:
    """Of every request."""
    return (("Authorization", f"Bearer {secrets['full']['token']}"), JSON)


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds that it takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def directly(vendor: MockVendor | Mock, number: int) -> Callable[[], object]:
    """Ask whatever answers, without a way in."""
    incoming = Incoming(
        method="POST", target="/customers", headers=headers_of(vendor.secrets), body=BODY
    )

    def work() -> None:
        for _ in range(number):
            assert vendor.answer(incoming).status == 201

    return work


def through_asgi(mock: Mock, number: int) -> Callable[[], object]:
    """Ask the ASGI application, without a server."""
    application = mock.asgi
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/customers",
        "query_string": b"",
        "headers": [(k.lower().encode(), v.encode()) for k, v in headers_of(mock.secrets)],
    }

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": BODY}

    async def send(message: dict[str, object]) -> None:
        pass

    async def ask() -> None:
        for _ in range(number):
            await application(scope, receive, send)

    return lambda: asyncio.run(ask())


def through_httpx(mock: Mock, number: int) -> Callable[[], object]:
    """Ask with a client of httpx, whose own cost is most of it."""

    def work() -> None:
        with httpx.Client(
            base_url="http://mock.test", headers=mock.headers(), transport=mock.transport()
        ) as client:
            for _ in range(number):
                assert client.post("/customers", content=BODY, headers=[JSON]).status_code == 201

    return work


def over_a_socket(mock: Mock, number: int) -> Callable[[], object]:
    """Ask over loopback, one connection, client and server in this process."""

    async def ask() -> None:
        async with await mock.listen() as server:
            client = Client()
            outgoing = Outgoing(
                method="POST",
                url=f"{server.url}/customers",
                headers=headers_of(mock.secrets),
                body=BODY,
            )
            for _ in range(number):
                reply = await client.send(outgoing)
                assert reply.response is not None
            await client.close()

    return lambda: asyncio.run(ask())


def main(number: int) -> None:
    """Measure and print."""
    logging.disable(logging.CRITICAL)
    contract = verifier.load(SAMPLE)
    scripted = Mock(contract, strict=False)
    for _ in range(20):
        scripted.fail("deleteCustomer")
    ways = {
        "the vendor alone": directly(MockVendor(contract), number),
        "with ledger": directly(Mock(contract), number),
        "with 20 scripts": directly(scripted, number),
        "ASGI": through_asgi(Mock(contract), number),
        "httpx transport": through_httpx(Mock(contract), number),
        "socket, both ends": over_a_socket(Mock(contract), number),
    }
    least = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, work in ways.items():
            least[name] = min(least[name], cpu(work))
    limit = least["the vendor alone"]
    print(f"us of CPU a request (POST of {len(BODY)} bytes, validated and kept), {number} a round")
    for name, seconds in least.items():
        print(f"  {name:<20}{seconds / number * 1e6:>8.0f}   {seconds / limit:>5.2f} x the limit")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)

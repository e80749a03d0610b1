"""httpx as a person brings it: mocked, with defaults of its own, closed by its owner."""

import asyncio

import httpx
import pytest
import respx

from tests.probing.transports.sound import plain_httpx, reach
from verifier.model import FailureKind, Outgoing
from verifier.probing.transports.httpx_client import HttpxTransport


def with_client(client, work):
    async def whole():
        async with client:
            transport = HttpxTransport(client)
            result = await work(transport)
            await transport.close()
            assert not client.is_closed
            return result

    return asyncio.run(whole())


def test_what_a_client_would_add_or_follow_by_itself_is_left_out():
    with reach("httpx") as (base, _):
        echoed = with_client(
            plain_httpx(), lambda t: t.send(Outgoing(method="GET", url=f"{base}/echo"))
        )
        redirect = with_client(
            plain_httpx(), lambda t: t.send(Outgoing(method="GET", url=f"{base}/redirect"))
        )
    assert [name for name, _ in echoed.response.json()["headers"]] == ["Host"]
    assert redirect.response.status == 302


def test_respx_answers_in_the_vendor_s_place():
    with respx.mock(base_url="https://vendor.test") as mock:
        route = mock.get("/items", params={"page": "2"}).respond(200, json={"items": []})
        reply = with_client(
            httpx.AsyncClient(),
            lambda t: t.send(Outgoing(method="GET", url="https://vendor.test/items?page=2")),
        )
    assert reply.response.json() == {"items": []}
    assert route.call_count == 1


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectTimeout("slow"), FailureKind.TIMEOUT),
        (httpx.ReadTimeout("slow"), FailureKind.TIMEOUT),
        (httpx.ConnectError("no"), FailureKind.OTHER),
        (httpx.ReadError("no"), FailureKind.RESET),
        (httpx.ProxyError("407"), FailureKind.OTHER),
        (httpx.RemoteProtocolError("strange"), FailureKind.GARBAGE),
    ],
)
def test_what_a_mount_raises_is_a_failure(error, kind):
    def broken(_):
        raise error

    client = httpx.AsyncClient(transport=httpx.MockTransport(broken))
    url = "http://vendor.test/"
    reply = with_client(client, lambda t: t.send(Outgoing(method="GET", url=url)))
    assert reply.failure.kind is kind
    abandoned = with_client(
        httpx.AsyncClient(transport=httpx.MockTransport(broken)),
        lambda t: t.abandon(Outgoing(method="GET", url=url)),
    )
    assert abandoned.failure.kind is kind


def test_an_address_that_httpx_refuses_is_a_failure():
    url = "http://vendor.test/" + "a" * 70_000
    reply = with_client(httpx.AsyncClient(), lambda t: t.send(Outgoing(method="GET", url=url)))
    assert reply.failure.kind is FailureKind.OTHER

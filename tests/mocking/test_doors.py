"""Ways in without a socket show what they can, and say what they cannot."""

import asyncio

import httpx
import pytest

import verifier
from tests.mocking.directing import NEW, PATIENCE_SECONDS, SAMPLE, frozen, in_process
from verifier import mocking
from verifier.errors import UsageError
from verifier.loading import from_mapping
from verifier.model import FailureKind, Outgoing
from verifier.probing.transports.asgi import AsgiTransport


@pytest.fixture(scope="module")
def contract():
    return verifier.load(SAMPLE)


def through_asgi(mock, *, timeout_seconds=PATIENCE_SECONDS, method="POST"):
    headers = (
        ("Authorization", f"Bearer {mock.secrets['full']['token']}"),
        ("Content-Type", "application/json"),
    )
    body = b'{"name": "Ada", "email": "ada@example.com"}' if method == "POST" else b""
    outgoing = Outgoing(
        method=method,
        url="http://mock.test/customers",
        headers=headers,
        body=body,
        timeout_seconds=timeout_seconds,
    )

    async def ask():
        transport = AsgiTransport(mock.asgi)
        try:
            return await transport.send(outgoing)
        finally:
            await transport.close()

    return asyncio.run(ask())


@pytest.mark.parametrize("method", ["POST", "GET", "HEAD"])
def test_an_asgi_application_answers_as_the_httpx_transport_does(contract, method):
    asgi = through_asgi(frozen(contract), method=method).response
    with in_process(frozen(contract)) as client:
        httpx_answer = client.request(method, "/customers", json=NEW if method == "POST" else None)
    assert (asgi.status, asgi.body) == (httpx_answer.status_code, httpx_answer.content)
    assert {k.lower(): v for k, v in asgi.headers} == dict(httpx_answer.headers)


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("hang", {}, FailureKind.TIMEOUT),
        ("no-response", {}, FailureKind.TIMEOUT),
        ("truncated-body", {}, FailureKind.CLOSED),
        ("short-body", {}, FailureKind.CLOSED),
        ("truncated-body", {"then": "hang"}, FailureKind.TIMEOUT),
        ("latency", {"seconds": 9}, FailureKind.TIMEOUT),
        ("drip", {"pause_seconds": 9}, FailureKind.TIMEOUT),
        ("latency", {"seconds": 0.02}, 201),
        ("slow-headers", {"piece_bytes": 100, "pause_seconds": 0.01}, 201),
        ("drip", {"piece_bytes": 64, "pause_seconds": 0.01}, 201),
        ("half-close", {}, 201),
        ("reset-before-commit", {}, 501),
        ("reset-after-commit", {}, 501),
        ("refuse", {}, 501),
    ],
)
def test_what_asgi_can_show_it_shows(contract, name, options, expected):
    mock = frozen(contract)
    mock.fail("*", name, **options)
    waits = 0.2 if expected is FailureKind.TIMEOUT else PATIENCE_SECONDS
    reply = through_asgi(mock, timeout_seconds=waits)
    assert (reply.failure.kind if reply.failure else reply.response.status) == expected


@pytest.mark.parametrize("name", ["reset-after-commit", "half-close"])
def test_what_asgi_cannot_show_the_ledger_says(contract, name):
    mock = frozen(contract)
    mock.fail("*", name)
    through_asgi(mock)
    assert "socket" in mock.ledger[0].delivered.note
    assert "socket" in mock.ledger[0].said("delivered")[0]


def test_a_silence_that_would_never_end_is_an_error_of_the_test_s(contract):
    mock = frozen(contract)
    mock.fail("*", "hang")
    client = in_process(mock, timeout=None)
    with client, pytest.raises(UsageError, match="no read timeout"):
        client.get("/customers")


def test_an_async_client_sees_the_same(contract):
    mock = frozen(contract)
    mock.fail("*", "drip", times=1, piece_bytes=64, pause_seconds=0.01)
    mock.fail("*", "truncated-body")
    mock.fail("*", "hang")
    headers = {"Authorization": f"Bearer {mock.secrets['full']['token']}"}

    async def ask():
        seen = []
        async with httpx.AsyncClient(
            base_url="http://mock.test", headers=headers, transport=mock.transport()
        ) as client:
            for waits in (PATIENCE_SECONDS, PATIENCE_SECONDS, 0.1, PATIENCE_SECONDS):
                try:
                    answer = await client.post("/customers", json=NEW, timeout=waits)
                    seen.append(answer.status_code)
                except httpx.HTTPError as error:
                    seen.append(type(error))
        return seen

    expected = [201, httpx.RemoteProtocolError, httpx.ReadTimeout, 201]
    assert asyncio.run(ask()) == expected


def test_a_client_that_streams_sees_the_drip_come_and_break_off(contract):
    mock = frozen(contract)
    mock.fail("*", "truncated-body", share=0.25)
    with in_process(mock) as client, client.stream("POST", "/customers", json=NEW) as answer:
        assert answer.status_code == 201
        with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
            answer.read()


def test_the_mock_without_a_director_has_the_same_doors(contract):
    vendor = mocking.MockVendor(contract)
    with mocking.running(vendor) as url:
        assert httpx.get(f"{url}/health").status_code == 200
    assert asyncio.run(_get_health(mocking.asgi(vendor))) == 200


async def _get_health(application):
    transport = httpx.ASGITransport(application)
    async with httpx.AsyncClient(transport=transport, base_url="http://mock.test") as client:
        return (await client.get("/health")).status_code


@pytest.mark.parametrize(
    ("scheme", "shown"),
    [
        ({"type": "http", "scheme": "bearer"}, "Authorization"),
        ({"type": "http", "scheme": "basic"}, "Authorization"),
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, "X-Key"),
        ({"type": "apiKey", "in": "cookie", "name": "session"}, "Cookie"),
    ],
)
def test_a_principal_s_headers_let_it_in_however_the_document_wants_them(scheme, shown):
    operation = {"security": [{"way": []}], "responses": {"200": {"description": "."}}}
    mock = frozen(
        from_mapping(
            {
                "openapi": "3.1.0",
                "info": {"title": "t", "version": "1"},
                "paths": {"/things": {"get": operation}},
                "components": {"securitySchemes": {"way": scheme}},
            }
        )
    )
    assert list(mock.headers()) == [shown]
    with httpx.Client(transport=mock.transport(), base_url="http://mock.test") as client:
        assert client.get("/things").status_code == 401
        assert client.get("/things", headers=mock.headers()).status_code < 300
    with pytest.raises(UsageError, match="no principal 'ful'"):
        mock.headers("ful")

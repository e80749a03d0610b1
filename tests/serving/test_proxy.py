"""A proxy changes nothing, misses nothing, and keeps no secret."""

import asyncio
import contextlib
import gzip
import json
import sqlite3

import pytest
from msgspec.structs import replace

from tests.places import ROOT
from verifier import loading, recording
from verifier.model import Environment, Outgoing
from verifier.serving.proxy import recorded, serve_proxy
from verifier.wire import Answer, Client, Delivery, End, serve

SAMPLE = str(ROOT / "specs" / "acme-billing")
BODY = b'{ "data": [],\n  "next_cursor": null }'
ZIPPED = gzip.compress(BODY, mtime=0)
JSON = ("Content-Type", "application/json")


@pytest.fixture(scope="module")
def vendor():
    return loading.load_vendor(SAMPLE, base_url="http://127.0.0.1:1")


@contextlib.asynccontextmanager
async def between(vendor, handler, **more):
    """A proxy before a vendor that answers so; gives its address, what passed, and itself."""
    stopping, ready = asyncio.Event(), asyncio.Event()
    where, passed = [], []

    def at(address):
        where.append(address)
        ready.set()

    async with await serve(handler) as server:
        running = asyncio.create_task(
            serve_proxy(
                vendor,
                f"{server.url}/v1",
                ready=at,
                passed=passed.append,
                stopping=stopping,
                **more,
            )
        )
        await asyncio.wait_for(ready.wait(), 5)
        try:
            yield where[0], passed, running
        finally:
            stopping.set()
            await running


def exchanged(vendor, handler, *outgoing, **more):
    """The replies to these requests through a proxy, what passed, and the proxy."""

    async def work():
        client = Client(as_sent=True)
        async with between(vendor, handler, **more) as (address, passed, running):
            replies = [
                await client.send(replace(one, url=f"{address}{one.url}")) for one in outgoing
            ]
            await client.close()
        return replies, passed, running.result()

    return asyncio.run(work())


def get(target="/customers", method="GET", headers=(), body=b""):
    return Outgoing(method=method, url=target, headers=headers, body=body, timeout_seconds=5)


def test_a_request_arrives_below_the_base_url_and_byte_by_byte_as_it_was():
    vendor = loading.load_vendor(SAMPLE, base_url="http://127.0.0.1:1")
    seen = []

    def handler(incoming):
        seen.append(incoming)
        return Answer(status=201, headers=(JSON,), body=b"{}")

    body = b'{"name" :\t"Ada\\u0020" }\n'
    headers = (
        ("X-ODD-Case", "a  b"),
        ("x-odd-case", "c"),
        JSON,
        ("Connection", "X-Hop"),
        ("X-Hop", "1"),
    )
    exchanged(vendor, handler, get("/customers?a=%7e&a=b", "POST", headers, body))
    (arrived,) = seen
    assert (arrived.method, arrived.target) == ("POST", "/v1/customers?a=%7e&a=b")
    assert arrived.body == body
    kept = [h for h in arrived.headers if h[0].lower() not in ("host", "content-length")]
    assert kept == [("X-ODD-Case", "a  b"), ("x-odd-case", "c"), JSON]


def test_an_answer_comes_back_byte_by_byte_its_coding_included(vendor):
    def handler(_):
        headers = (("content-ENCODING", "gzip"), JSON, ("Set-Cookie", "a=b"), ("Set-Cookie", "c=d"))
        return Answer(status=200, reason="Quite Fine", headers=headers, body=ZIPPED)

    (reply,), (passed,), _ = exchanged(vendor, handler, get())
    answer = reply.response
    assert (answer.status, answer.reason, answer.body) == (200, "Quite Fine", ZIPPED)
    names = [name for name, _ in answer.headers]
    assert names[:4] == ["content-ENCODING", "Content-Type", "Set-Cookie", "Set-Cookie"]
    assert passed.exchange.response.body == BODY
    assert not any("body" in one for one in passed.opinion.answer)


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 304), ("DELETE", 204)])
def test_answers_without_a_body_pass(vendor, method, status):
    target = "/customers/1" if method == "DELETE" else "/customers"
    handler = lambda _: Answer(status=status, headers=(JSON,), body=b"x" * 5)  # noqa: E731
    (reply,), _, _ = exchanged(vendor, handler, get(target, method))
    assert (reply.response.status, reply.response.body) == (status, b"")
    if method == "HEAD":
        assert reply.response.header("content-length") == "5"


def test_a_body_of_many_megabytes_passes_whole(vendor):
    body = b"[" + b"1," * 6_000_000 + b"1]"
    handler = lambda _: Answer(status=200, headers=(JSON,), body=body)  # noqa: E731
    (reply,), _, _ = exchanged(vendor, handler, get())
    assert reply.response.body == body


def test_both_sides_are_held_against_the_document(vendor):
    def handler(incoming):
        if incoming.method == "POST":
            return Answer(status=201, headers=(JSON,), body=b'{"id": 5}')
        return Answer(status=299, headers=(JSON,), body=BODY)

    _, passed, proxy = exchanged(
        vendor,
        handler,
        get("/customers?limit=x"),
        get("/customers", "POST", (JSON,), b'{"name": 5}'),
        get("/nothing"),
    )
    first, second, third = [p.opinion for p in passed]
    assert "query /limit should be an integer" in first.request[0]
    assert first.answer == ("status 299 is not documented",)
    assert any("name" in one for one in second.request)
    assert any(one.startswith("body ") for one in second.answer)
    assert third.request == ("the document has no such operation",)
    assert proxy.exchanges == 3
    assert proxy.broken["GET /customers", "answer: status 299 is not documented"] == 1


def test_a_sound_exchange_is_not_complained_of(vendor):
    headers = (JSON, ("X-Request-Id", "r"), ("RateLimit", '"a";r=1;t=1'))
    headers += (("RateLimit-Policy", '"a";q=1;w=1'),)
    _, (passed,), proxy = exchanged(
        vendor, lambda _: Answer(status=200, headers=headers, body=BODY), get()
    )
    assert passed.opinion.good
    assert not proxy.broken


@pytest.mark.parametrize(
    ("delivery", "status"),
    [
        (Delivery(stop_after_bytes=0, end=End.RESET), 502),
        (Delivery(stop_after_bytes=0, end=End.CLOSE), 502),
        (Delivery(stop_after_body_bytes=2, end=End.CLOSE), 502),
    ],
)
def test_where_the_vendor_gives_no_answer_the_client_is_told_so(vendor, delivery, status):
    (reply,), (passed,), _ = exchanged(
        vendor, lambda _: Answer(status=200, body=BODY, delivery=delivery), get()
    )
    assert reply.response.status == status
    assert b"The vendor gave no answer" in reply.response.body
    assert passed.exchange.failure is not None


def test_a_vendor_in_production_is_only_read(vendor):
    seen = []

    def handler(incoming):
        seen.append(incoming.method)
        return Answer(status=200, headers=(JSON,), body=BODY)

    production = replace(vendor, environment=Environment.PRODUCTION)
    read, write = exchanged(production, handler, get(), get(method="POST"))[0]
    assert (read.response.status, write.response.status) == (200, 403)
    assert b"read-only" in write.response.body
    assert seen == ["GET"]


SECRETS = {
    "bearer-token-0001": ("Authorization", "Bearer bearer-token-0001"),
    "pass-word-0002": ("Authorization", "Basic dXNlcjpwYXNzLXdvcmQtMDAwMg=="),
    "session-0003": ("Cookie", "theme=dark; session=session-0003"),
    "api-key-0004": ("X-API-Key", "api-key-0004"),
}


def test_no_credential_that_passes_is_kept_wherever_it_comes_back(vendor, tmp_path):
    def echo(incoming):
        told = json.dumps({"echo": [incoming.target, *(v for _, v in incoming.headers)]})
        cookie = ("Set-Cookie", "session=fresh-0006; HttpOnly")
        return Answer(status=200, headers=(JSON, cookie), body=told.encode())

    folder = tmp_path / "run"
    with recorded(vendor, folder, "http://vendor.test") as journal:
        requests = [get(headers=(header,)) for header in SECRETS.values()]
        requests.append(get("/customers?access_token=query-token-0005"))
        _, passed, proxy = exchanged(vendor, echo, *requests, journal=journal)
    with contextlib.closing(sqlite3.connect(folder / "journal.sqlite")) as opened:
        kept = b"".join(raw for (raw,) in opened.execute("SELECT data FROM exchanges"))
    for secret in (*SECRETS, "query-token-0005", "fresh-0006", "dXNlcjpwYXNzLXdvcmQtMDAwMg"):
        assert secret.encode() not in kept
        assert secret not in str([p.opinion for p in passed]) + str(proxy.broken)
    assert "theme=dark" not in kept.decode()
    run = recording.read(folder, loading.load)
    assert len(run.exchange_ids) == 5
    assert run.exchange("x1").request.header("Authorization") == "«credential»"

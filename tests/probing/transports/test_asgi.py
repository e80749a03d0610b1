"""An application called directly behaves as behind a server."""

import asyncio
import logging

import pytest

from tests.probing.transports.test_conformance import ask, get, run
from verifier.model import FailureKind
from verifier.probing.transports.asgi import AsgiTransport

URL = "http://vendor.test/a%20b?c=%64"


async def lives(receive, send, noted):
    while True:
        kind = (await receive())["type"]
        noted.append(kind)
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return


def app(*messages, noted=None, then=None):
    """An application that sends these messages."""

    async def application(scope, receive, send):
        if scope["type"] == "lifespan":
            await lives(receive, send, noted if noted is not None else [])
            return
        if noted is not None:
            noted.append(scope)
        await receive()
        for message in messages:
            await send(message)
        if then is not None:
            await then(receive)

    return application


def start(*headers, status=200):
    return {"type": "http.response.start", "status": status, "headers": list(headers)}


def body(content=b"", **more):
    return {"type": "http.response.body", "body": content, **more}


def answer(*messages, **more):
    return ask(lambda: AsgiTransport(app(*messages, **more)), get(URL))[0]


def test_it_is_started_before_the_first_request_and_stopped_at_the_end():
    noted = []
    ask(lambda: AsgiTransport(app(start(), body(), noted=noted)), get(URL), get(URL))
    kinds = [one if isinstance(one, str) else one["type"] for one in noted]
    assert kinds == ["lifespan.startup", "http", "http", "lifespan.shutdown"]


def test_requests_sent_together_start_it_once():
    noted = []
    make = lambda: AsgiTransport(app(start(), body(), noted=noted))  # noqa: E731
    ask(make, *[get(URL)] * 5, how="send_together")
    assert noted.count("lifespan.startup") == 1


def test_the_state_that_it_makes_at_its_start_is_given_to_every_request():
    async def application(scope, receive, send):
        if scope["type"] == "lifespan":
            scope["state"]["word"] = b"kept"
            await lives(receive, send, [])
            return
        await send(start())
        await send(body(scope["state"]["word"]))

    (reply,) = ask(lambda: AsgiTransport(application), get(URL))
    assert reply.response.body == b"kept"


def test_one_that_does_not_start_refuses_in_its_own_words():
    async def application(scope, receive, send):
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no database"})

    replies = ask(lambda: AsgiTransport(application), get(URL), get(URL))
    assert [reply.failure.kind for reply in replies] == [FailureKind.REFUSED] * 2
    assert "no database" in replies[0].failure.says


def test_the_scope_is_that_of_the_specification():
    noted = []
    outgoing = get(URL, method="POST", headers=(("X-A", "é"),), body=b"hi")
    ask(lambda: AsgiTransport(app(start(), body(), noted=noted)), outgoing)
    scope = noted[1]
    assert (scope["path"], scope["raw_path"], scope["query_string"]) == (
        "/a b",
        b"/a%20b",
        b"c=%64",
    )
    assert scope["headers"] == [
        (b"host", b"vendor.test"),
        (b"x-a", "é".encode()),
        (b"content-length", b"2"),
    ]
    assert (scope["scheme"], scope["server"], scope["method"]) == (
        "http",
        ("vendor.test", 80),
        "POST",
    )


def test_a_date_is_added_unless_there_is_one():
    dated = answer(start((b"Date", b"then")), body()).response
    assert dated.header_all("date") == ("then",)
    assert "GMT" in answer(start(), body()).response.header("date")


def test_work_after_the_answer_does_not_delay_it():
    async def then(_):
        await asyncio.sleep(30)

    reply = answer(start(), body(b"ok"), then=then)
    assert reply.response.body == b"ok"
    assert reply.timing.total_seconds < 5


def test_it_is_told_of_the_end_of_the_connection_after_its_answer():
    told = []

    async def then(receive):
        told.append((await receive())["type"])

    answer(start(), body(b"ok"), then=then)
    assert told == ["http.disconnect"]


@pytest.mark.parametrize(
    ("messages", "kind"),
    [
        ([start(), body(b"part", more_body=True)], FailureKind.CLOSED),
        ([start((b"content-length", b"10")), body(b"short")], FailureKind.CLOSED),
        ([start((b"content-encoding", b"gzip")), body(b"plain")], FailureKind.GARBAGE),
        ([start(), body(b"x" * (65 * 1024 * 1024))], FailureKind.TOO_LARGE),
    ],
)
def test_an_answer_that_is_none_is_a_failure(messages, kind):
    assert answer(*messages).failure.kind is kind


def test_a_body_ends_where_its_length_says():
    reply = answer(start((b"content-length", b"2")), body(b"okay"))
    assert reply.response.body == b"ok"


@pytest.mark.parametrize("messages", [[], [body(b"first")], [{"type": "http.nonsense"}]])
def test_an_application_that_misuses_the_protocol_is_a_500(messages, caplog):
    caplog.set_level(logging.CRITICAL)
    assert answer(*messages).response.status == 500


def test_a_crash_within_the_answer_breaks_it_off(caplog):
    caplog.set_level(logging.CRITICAL)

    async def then(_):
        raise ValueError("too late")

    reply = answer(start(), body(b"part", more_body=True), then=then)
    assert (reply.failure.kind, reply.failure.phase) == (FailureKind.CLOSED, "read")


def test_one_that_is_abandoned_has_read_the_request_and_goes_on():
    done = []

    async def application(scope, receive, send):
        if scope["type"] == "lifespan":
            raise RuntimeError("none here")
        done.append((await receive())["body"])
        done.append((await receive())["type"])
        await asyncio.sleep(0.01)
        done.append("stored")

    async def work():
        transport = AsgiTransport(application)
        reply = await transport.abandon(get(URL, method="POST", body=b"hi"))
        await asyncio.sleep(0.1)
        await transport.close()
        return reply

    assert run(work()).failure.kind is FailureKind.ABANDONED
    assert done == [b"hi", "http.disconnect", "stored"]

"""Our client against our server, and against servers that break every rule."""

import asyncio
import contextlib
import gzip
import socket
import threading

import pytest

from verifier.errors import UsageError
from verifier.model import FailureKind, Outgoing
from verifier.wire import Answer, Client, serve_in_thread


def ask(url, **more):
    async def once():
        client = Client()
        try:
            return await client.send(Outgoing(**{"method": "GET", "url": url, **more}))
        finally:
            await client.close()

    return asyncio.run(once())


@contextlib.contextmanager
def raw_server(answer: bytes, *, then_close=True):
    """Answers each connection with these bytes, whatever was asked."""
    listener = socket.create_server(("127.0.0.1", 0))
    held = []

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError):
                connection.recv(65536)
                connection.sendall(answer)
            if then_close:
                connection.close()
            else:
                held.append(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in held:
            connection.close()
        thread.join(5)


def test_what_is_sent_arrives_as_it_was_written():
    seen = []

    def handler(incoming):
        seen.append(incoming)
        return Answer(status=201, headers=(("X-A", "1"), ("X-A", "2")), body=b"made")

    with serve_in_thread(handler) as server:
        reply = ask(
            server.url + "/a%2Fb?q=%20",
            method="POST",
            headers=(("X-Odd-CASE", "é"), ("X-B", "2")),
            body=b"\x00\xff",
        )
    assert reply.response.status == 201
    assert reply.response.header_all("x-a") == ("1", "2")
    assert reply.response.body == b"made"
    assert seen[0].target == "/a%2Fb?q=%20"
    assert seen[0].body == b"\x00\xff"
    assert ("X-Odd-CASE", "é") in seen[0].headers


def test_head_has_no_body_and_the_connection_goes_on():
    with serve_in_thread(lambda incoming: Answer(status=200, body=b"12345")) as server:

        async def both():
            client = Client()
            head = await client.send(Outgoing(method="HEAD", url=server.url))
            got = await client.send(Outgoing(method="GET", url=server.url))
            await client.close()
            return head.response, got.response

        head, got = asyncio.run(both())
    assert (head.status, head.body) == (200, b"")
    assert got.body == b"12345"


def test_requests_sent_together_are_all_answered():
    with serve_in_thread(lambda incoming: Answer(status=200)) as server:

        async def together():
            client = Client()
            many = [Outgoing(method="GET", url=f"{server.url}/{n}") for n in range(20)]
            replies = await client.send_together(many)
            await client.close()
            return replies

        assert [r.response.status for r in asyncio.run(together())] == [200] * 20


def test_an_abandoned_request_has_arrived():
    seen = threading.Event()

    def handler(incoming):
        seen.set()
        return Answer(status=200)

    with serve_in_thread(handler) as server:

        async def leave():
            client = Client()
            reply = await client.abandon(Outgoing(method="POST", url=server.url, body=b"x"))
            await client.close()
            return reply

        reply = asyncio.run(leave())
        assert seen.wait(5)
    assert reply.failure.kind is FailureKind.ABANDONED


OK = b"HTTP/1.1 200 OK\r\n"
HOSTILE = {
    "nothing": (b"", FailureKind.CLOSED),
    "garbage": (b"\x16\x03\x01 this is not HTTP\r\n\r\n", FailureKind.GARBAGE),
    "half a status line": (b"HTTP/1.1 20", FailureKind.CLOSED),
    "a body that is too short": (OK + b"Content-Length: 10\r\n\r\nabc", FailureKind.CLOSED),
    "bad chunk sizes": (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", FailureKind.GARBAGE),
    "endless headers": (OK + b"X-A: " + b"a" * 400_000, FailureKind.TOO_LARGE),
    "many interim answers": (b"HTTP/1.1 100 Continue\r\n\r\n" * 100, FailureKind.GARBAGE),
    "no gzip": (
        OK + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        FailureKind.GARBAGE,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_answer_is_a_failure_and_never_an_exception(name):
    answer, kind = HOSTILE[name]
    with raw_server(answer) as url:
        assert ask(url, timeout_seconds=5).failure.kind is kind


def test_a_server_that_says_nothing_is_a_timeout_with_its_phase():
    with raw_server(b"", then_close=False) as url:
        failure = ask(url, timeout_seconds=0.3).failure
    assert (failure.kind, failure.phase) == (FailureKind.TIMEOUT, "wait")


def test_a_body_that_never_ends_is_a_timeout_while_reading():
    with raw_server(OK + b"Content-Length: 100\r\n\r\nabc", then_close=False) as url:
        failure = ask(url, timeout_seconds=0.3).failure
    assert (failure.kind, failure.phase) == (FailureKind.TIMEOUT, "read")
    assert b"abc" in failure.received


def test_a_compressed_bomb_is_cut_and_counted():
    bomb = gzip.compress(b"\0" * 100_000_000)
    head = OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    with raw_server(head + bomb) as url:
        assert ask(url, timeout_seconds=20).failure.kind is FailureKind.TOO_LARGE


def test_a_body_until_the_end_of_the_connection_is_whole():
    with raw_server(OK + b"\r\nto the end") as url:
        assert ask(url).response.body == b"to the end"


def test_header_bytes_that_are_no_text_are_kept():
    with raw_server(OK + b"X-A: \xff\xfe\r\nContent-Length: 0\r\n\r\n") as url:
        assert ask(url).response.header("x-a") == "\xff\xfe"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://127.0.0.1:1/", FailureKind.REFUSED),
        ("http://nope.invalid/", FailureKind.DNS),
    ],
)
def test_no_connection_says_why(url, kind):
    assert ask(url, timeout_seconds=10).failure.kind is kind


def test_tls_where_there_is_none_is_a_tls_failure():
    with serve_in_thread(lambda incoming: Answer(status=200)) as server:
        failure = ask(server.url.replace("http:", "https:")).failure
    assert failure.kind is FailureKind.TLS


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\0b"])
def test_a_header_cannot_smuggle_another(value):
    with pytest.raises(UsageError, match="cannot be sent"):
        ask("http://127.0.0.1:1/", headers=(("X-A", value),))

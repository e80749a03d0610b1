"""What our server does for clients that are polite, hasty, slow, large or wrong."""

import asyncio
import contextlib
import gc
import logging
import socket
import threading
import time
import warnings

import pytest

from verifier.errors import UsageError
from verifier.wire import Answer, Bounds, Server, serve, serve_in_thread

# How long a machine that does other things may take.
PATIENCE_SECONDS = 30
QUICK = Bounds(
    most_header_bytes=4096, most_body_bytes=10_000, request_seconds=0.4, idle_seconds=0.8
)


def echo(incoming):
    return Answer(status=200, body=f"{incoming.method} {incoming.target}|".encode() + incoming.body)


async def later(incoming):
    await asyncio.sleep(0.05 if incoming.target == "/slow" else 0)
    return echo(incoming)


@contextlib.contextmanager
def client(handler=echo, bounds=QUICK):
    with (
        serve_in_thread(handler, bounds=bounds) as server,
        socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS) as sock,
    ):
        yield sock


@pytest.mark.parametrize("turns", range(6))
def test_a_client_that_comes_while_it_closes_is_sent_off_too(turns):
    async def closing():
        async with await serve(echo) as server:
            # Already taken by the kernel, and so far on the way in as these turns let it come.
            sock = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS)
            for _ in range(turns):
                await asyncio.sleep(0)
        return sock

    with asyncio.Runner() as runner, runner.run(closing()) as sock:
        assert until_end(sock) == b""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        gc.collect()
    assert [w for w in caught if issubclass(w.category, ResourceWarning)] == []


@pytest.mark.parametrize(
    ("host", "port", "mend"),
    [("nosuch.invalid", 0, "another host"), ("192.0.2.1", 0, "another host"), ("", 1, "port; 0")],
    ids=("unknown", "of another", "taken"),
)
def test_what_of_an_address_cannot_be_had_is_named(host, port, mend):
    with contextlib.ExitStack() as stack:
        if port:
            taken = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            host, port = taken.getsockname()
        with pytest.raises(UsageError, match="nothing can listen") as caught:
            asyncio.run(serve(echo, host, port))
    assert mend in str(caught.value)


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("", "127.0.0.1")],
)
def test_its_address_can_be_opened_wherever_it_listens(host, address):
    server = Server(echo, QUICK, None)
    server.host, server.port = host, 80
    assert server.url == f"http://{address}:80"
    assert server.everywhere == (host != "127.0.0.1")


def test_a_server_that_refuses_does_so_at_once():
    async def refusing():
        async with await serve(echo) as server:
            server.refuse(60)
            await asyncio.sleep(0)
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS)

    asyncio.run(refusing())


def test_a_port_that_was_about_to_be_refused_is_free_once_the_server_has_closed():
    async def closing():
        async with await serve(echo) as server:
            server.refuse(60)
            await asyncio.sleep(0)
        return server.port

    port = asyncio.run(closing())
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)


def until_end(sock):
    data = b""
    with contextlib.suppress(ConnectionResetError):
        while more := sock.recv(65536):
            data += more
    return data


def talk(*parts, handler=echo, pause=0.0):
    """All that the server says to these bytes, until it hangs up."""
    with client(handler) as sock:
        for part in parts:
            sock.sendall(part)
            time.sleep(pause)
        return until_end(sock)


def bodies(data):
    """The bodies of pipelined answers, by their Content-Length."""
    found = []
    while data:
        head, _, data = data.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        found.append(data[:length].decode())
        data = data[length:]
    return found


def status(data):
    return int(data.split(b" ")[1])


def test_an_answer_has_a_date_a_length_and_the_usual_reason():
    data = talk(b"GET /a%2Fb?x=%41 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    head, _, body = data.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"\r\nDate: " in head
    assert head.endswith(b"GMT\r\nContent-Length: 17\r\nConnection: close")
    assert body == b"GET /a%2Fb?x=%41|"


def test_what_the_handler_gives_is_not_repeated():
    def handler(_):
        given = (("DATE", "then"), ("content-length", "2"), ("Connection", "close"))
        return Answer(status=299, reason="Fine", headers=given, body=b"ok")

    data = talk(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", handler=handler)
    assert data == (
        b"HTTP/1.1 299 Fine\r\nDATE: then\r\ncontent-length: 2\r\nConnection: close\r\n\r\nok"
    )


def test_a_body_that_is_chunked_by_the_handler_gets_no_length():
    def handler(_):
        chunked = (("Transfer-Encoding", "chunked"),)
        return Answer(status=200, headers=chunked, body=b"2\r\nok\r\n0\r\n\r\n")

    data = talk(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", handler=handler)
    assert b"Content-Length" not in data
    assert data.endswith(b"2\r\nok\r\n0\r\n\r\n")


@pytest.mark.parametrize("code", [204, 304])
def test_an_answer_that_may_have_no_body_has_none(code):
    data = talk(
        b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        handler=lambda _: Answer(status=code, body=b"not due"),
    )
    assert b"Content-Length" not in data
    assert data.endswith(b"\r\n\r\n")


def test_a_head_is_answered_with_the_length_and_without_the_body():
    data = talk(b"HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert b"Content-Length: 7\r\n" in data
    assert data.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("handler", [echo, later])
def test_pipelined_requests_are_answered_in_order(handler):
    paths = ["/slow", "/b", "/slow", "/d"]
    data = b"".join(
        f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n{i}".encode()
        for i, path in enumerate(paths)
    )
    end = b"GET /end HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    expected = [f"POST {path}|{i}" for i, path in enumerate(paths)] + ["GET /end|"]
    assert bodies(talk(data + end, handler=handler)) == expected


@pytest.mark.parametrize("handler", [echo, later])
@pytest.mark.parametrize("after", [b"GET /more HTTP/1.1\r\nHost: x\r\n\r\n", b"nonsense\r\n\r\n"])
def test_nothing_is_answered_after_the_last_answer(handler, after):
    end = b"GET /end HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert bodies(talk(end + after, handler=handler)) == ["GET /end|"]


@pytest.mark.parametrize("handler", [echo, later])
def test_hundreds_of_pipelined_requests_are_all_answered(handler):
    data = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 300
    end = b"GET /end HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert bodies(talk(data + end, handler=handler)) == ["GET /|"] * 300 + ["GET /end|"]


def test_a_request_may_come_byte_by_byte():
    data = b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"
    answer = talk(*[data[i : i + 1] for i in range(len(data))])
    assert bodies(answer) == ["POST /x|hi"]


def test_a_chunked_request_is_read_and_its_trailers_are_left_out():
    def handler(incoming):
        return Answer(status=200, body=incoming.body + repr(incoming.header("x-late")).encode())

    data = b"2\r\nhi\r\n1\r\n!\r\n0\r\nX-Late: 1\r\n\r\n"
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    assert bodies(talk(head + data, handler=handler)) == ["hi!None"]


def test_whoever_waits_to_be_told_to_go_on_is_told():
    with client() as sock:
        sock.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n")
        sock.sendall(b"Expect: 100-continue\r\nConnection: close\r\n\r\n")
        assert sock.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(b"hi")
        assert bodies(until_end(sock)) == ["POST /|hi"]


def test_an_upgrade_is_passed_over_and_its_body_is_read():
    data = (
        b"POST / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
        b"HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\nContent-Length: 5\r\n\r\nhello"
    )
    end = b"GET /end HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    for parts in ([data + end], [data[:-3], data[-3:] + end]):
        assert bodies(talk(*parts, pause=0.05)) == ["POST /|hello", "GET /end|"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"this is not HTTP\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nNo colon\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        (b"POST / HTTP/1.1\r\nContent-Length: 10001\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2af8\r\n" + b"x" * 11000, 413),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 5000 + b"\r\n\r\n", 431),
        (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 2000, 431),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 500_000, 431),
        (b"GET / HTTP/1.1\r\nX: y", 408),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhi", 408),
    ],
)
def test_what_is_wrong_too_large_or_too_slow_is_refused_with_its_status(data, expected):
    begun = time.monotonic()
    answer = talk(data)
    assert status(answer) == expected
    assert b"Connection: close" in answer
    assert time.monotonic() - begun < PATIENCE_SECONDS


def test_a_refusal_waits_for_its_turn():
    good = b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = talk(good, b"nonsense\r\n\r\n", handler=later, pause=0.01)
    assert bodies(answer) == ["GET /slow|", ""]
    assert b"400 Bad Request" in answer


def test_a_refusal_is_read_by_a_client_that_is_still_sending():
    with client() as sock:
        sock.sendall(b"POST / HTTP/1.1\r\nContent-Length: 2000000\r\n\r\n")
        for _ in range(20):
            sock.sendall(b"x" * 100_000)
            time.sleep(0.005)
        assert status(until_end(sock)) == 413


def test_a_client_that_drips_is_cut_off():
    with client() as sock:
        begun = time.monotonic()
        sock.sendall(b"GET / HTTP/1.1\r\n")
        with contextlib.suppress(ConnectionError):
            while time.monotonic() - begun < PATIENCE_SECONDS:
                sock.sendall(b"X: y\r\n")
                time.sleep(0.02)
        assert time.monotonic() - begun < PATIENCE_SECONDS


def test_a_client_that_says_nothing_is_let_go():
    begun = time.monotonic()
    assert talk() == b""
    assert 0.5 < time.monotonic() - begun < PATIENCE_SECONDS


def test_a_kept_connection_that_falls_silent_is_let_go():
    begun = time.monotonic()
    assert bodies(talk(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")) == ["GET /|"]
    assert 0.5 < time.monotonic() - begun < PATIENCE_SECONDS


def test_a_client_that_has_said_everything_still_gets_its_answer():
    with client(later) as sock:
        sock.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        sock.shutdown(socket.SHUT_WR)
        assert bodies(until_end(sock)) == ["GET /slow|"]


@pytest.mark.parametrize(
    "handler",
    [
        lambda _: 1 / 0,
        lambda _: Answer(status=200, headers=(("X", "1\r\nX-Injected: 2"),)),
        lambda _: None,
    ],
)
def test_a_fault_of_the_handler_is_a_500(handler, caplog):
    caplog.set_level(logging.CRITICAL)
    answer = talk(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", handler=handler)
    assert status(answer) == 500
    assert b"Injected" not in answer


def test_what_was_begun_goes_on_when_the_client_is_gone():
    done = threading.Event()

    async def handler(_):
        await asyncio.sleep(0.1)
        done.set()
        return Answer(status=200)

    with serve_in_thread(handler) as server:
        with socket.create_connection(("127.0.0.1", server.port)) as sock:
            sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            time.sleep(0.03)
        assert done.wait(PATIENCE_SECONDS)


def test_a_port_that_is_taken_is_told_with_the_mend():
    with (
        serve_in_thread(echo) as server,
        pytest.raises(UsageError, match="Choose another port"),
        serve_in_thread(echo, port=server.port),
    ):
        pass


def test_closing_lets_go_of_everybody_at_once():
    async def work():
        async with await serve(later) as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            await asyncio.sleep(0.01)
        with contextlib.suppress(ConnectionError):
            assert await reader.read() == b""
        writer.close()

    begun = time.monotonic()
    asyncio.run(work())
    assert time.monotonic() - begun < PATIENCE_SECONDS

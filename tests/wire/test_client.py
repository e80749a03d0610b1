"""What only our own client can do: bytes, moments and cuts."""

import asyncio
import contextlib
import gzip
import socket
import time

import pytest

from tests.hostile import BEHAVIOURS, hostile
from tests.probing.transports.test_conformance import run
from verifier.errors import ConfigError
from verifier.model import FailureKind, Outgoing
from verifier.wire import Client

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def with_client(work, **options):
    async def whole():
        client = Client(**options)
        try:
            return await work(client)
        finally:
            await client.close()

    return run(whole())


def send(url, **more):
    outgoing = Outgoing(**{"method": "GET", "url": url, **more})
    return with_client(lambda client: client.send(outgoing))


def test_the_bytes_are_those_given_and_no_others():
    def note(talk):
        talk.log.append(talk.request())
        talk.say(OK)

    headers = (("x-LOWER", "1"), ("Authorization", "Bearer é"), ("X-Raw", "\udcff"))
    with hostile(note) as (url, log):
        send(f"{url}/a?b#c", method="POST", headers=headers, body=b"\x00\xff")
    host = url.partition("//")[2].encode()
    assert log == [
        b"POST /a?b HTTP/1.1\r\nHost: " + host + b"\r\nx-LOWER: 1\r\nAuthorization: Bearer "
        b"\xc3\xa9\r\nX-Raw: \xff\r\nContent-Length: 2\r\n\r\n\x00\xff"
    ]


@pytest.mark.parametrize("as_sent", [False, True])
def test_a_body_is_kept_as_it_was_sent_only_where_that_is_asked_for(as_sent):
    zipped = gzip.compress(b"x" * 1000)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(zipped)}\r\n\r\n"

    def squeezed(talk):
        talk.request()
        talk.say(head.encode() + zipped)

    with hostile(squeezed) as (url, _):
        outgoing = Outgoing(method="GET", url=url)
        reply = with_client(lambda client: client.send(outgoing), as_sent=as_sent)
    assert reply.response.body == (zipped if as_sent else b"x" * 1000)
    assert reply.response.header("Content-Encoding") == "gzip"


def test_what_was_received_is_kept_with_a_failure():
    with hostile(BEHAVIOURS["promises_more_than_it_sends"]) as (url, _):
        failure = send(url).failure
    assert failure.received == b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789"
    assert "after 10 of the 100 bytes" in failure.says


def test_a_secure_server_that_is_asked_without_is_recognised():
    def alert(talk):
        talk.request()
        talk.say(b"\x15\x03\x01\x00\x02\x02\x46")

    with hostile(alert) as (url, _):
        failure = send(url).failure
    assert failure.kind is FailureKind.GARBAGE
    assert "https" in failure.says


def test_a_body_that_nobody_reads_is_a_timeout_of_the_writing():
    with hostile(BEHAVIOURS["never_reads"]) as (url, _):
        reply = send(url, method="POST", body=b"x" * 50_000_000, timeout_seconds=0.5)
    assert (reply.failure.kind, reply.failure.phase) == (FailureKind.TIMEOUT, "write")
    assert reply.timing.written_seconds == -1


def test_a_large_body_arrives_whole_and_its_writing_is_timed():
    def slow(talk):
        talk.wait(0.2)
        talk.log.append(len(talk.request()))
        talk.say(OK)

    with hostile(slow) as (url, log):
        reply = send(url, method="POST", body=b"x" * 20_000_000)
    assert reply.response.body == b"ok"
    assert log[0] > 20_000_000
    assert 0.1 < reply.timing.written_seconds <= reply.timing.first_byte_seconds


def test_an_answer_that_overtakes_its_request_is_taken_and_the_connection_is_not_kept():
    def hasty(talk):
        talk.sock.recv(100)
        talk.say(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
        talk.wait(0.3)

    async def work(client):
        large = Outgoing(method="POST", url=url, body=b"x" * 20_000_000)
        return [await client.send(large), await client.send(large)]

    with hostile(hasty) as (url, _):
        replies = with_client(work)
    assert [reply.response.status for reply in replies] == [413, 413]
    assert replies[1].timing.connected_seconds > 0


def test_a_switch_of_protocols_is_an_answer_and_ends_the_connection():
    def switch(talk):
        talk.request()
        talk.say(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nabc")
        talk.wait(0.2)

    with hostile(switch) as (url, _):
        assert send(url).response.status == 101


@pytest.mark.parametrize("name", ["Connection", "Upgrade", "Content-Length"])
def test_a_request_with_framing_of_its_own_is_given_a_connection_of_its_own(name):
    def note(talk):
        talk.log.append(talk.sock)
        while talk.request():
            talk.say(OK)

    async def work(client):
        own = Outgoing(method="GET", url=url, headers=((name, "0"),))
        for outgoing in (own, own, own):
            assert (await client.send(outgoing)).response

    with hostile(note) as (url, log):
        with_client(work)
    assert len(log) == 3


def ends_kept(talk):
    """Answers once, and ends the connection only when the second request is there."""
    talk.log.append(talk.request())
    talk.say(OK)
    if second := talk.request():
        talk.log.append(second)
        talk.reset()


@pytest.mark.parametrize(
    ("method", "answered", "seen"),
    [("GET", True, 3), ("HEAD", True, 3), ("POST", False, 2), ("DELETE", False, 2)],
)
def test_only_a_safe_request_is_put_again_when_a_kept_connection_ends_under_it(
    method, answered, seen
):
    async def work(client):
        first = await client.send(Outgoing(method="GET", url=url))
        return first, await client.send(Outgoing(method=method, url=url))

    with hostile(ends_kept) as (url, log):
        first, second = with_client(work)
    assert first.response is not None
    assert (second.response is not None) is answered
    assert len(log) == seen


@pytest.mark.parametrize(("status", "connections"), [(500, 2), (503, 2), (404, 1)])
def test_a_connection_is_not_trusted_after_a_server_error(status, connections):
    """Uvicorn answers 500 and ends the connection a moment later, without having said so."""

    def fails_and_ends(talk):
        talk.log.append(talk.request())
        talk.say(OK.replace(b"200 OK", b"%d Wrong" % status))
        if talk.request():
            talk.say(OK) if status < 500 else talk.reset()

    async def work(client):
        posts = [Outgoing(method="POST", url=url, body=b"1") for _ in range(2)]
        return [await client.send(one) for one in posts]

    with hostile(fails_and_ends) as (url, log):
        replies = with_client(work)
    assert [reply.failure for reply in replies] == [None, None]
    assert len(log) == connections


def test_nothing_is_put_again_on_a_fresh_connection():
    def note(talk):
        talk.log.append(talk.request())
        talk.reset()

    with hostile(note) as (url, log):
        assert send(url).failure.kind is FailureKind.RESET
    assert len(log) == 1


def test_a_connection_that_says_something_unasked_is_not_used_again():
    def chatty(talk):
        talk.request()
        talk.say(OK)
        talk.wait(0.05)
        with contextlib.suppress(OSError):
            talk.say(b"HTTP/1.1 408 Too slow\r\nContent-Length: 0\r\n\r\n")
        talk.wait(1)

    async def work(client):
        first = await client.send(Outgoing(method="POST", url=url))
        time.sleep(0.15)  # so that the loop does not hear of it
        return first, await client.send(Outgoing(method="POST", url=url))

    with hostile(chatty) as (url, _):
        first, second = with_client(work)
    assert (first.response.status, second.response.status) == (200, 200)


@contextlib.contextmanager
def listening():
    with socket.create_server(("127.0.0.1", 0), backlog=64) as sock:
        yield f"http://127.0.0.1:{sock.getsockname()[1]}/", sock


def test_all_but_the_last_byte_of_each_is_there_before_the_last_of_any():
    count, body = 8, b"x" * 5000

    def watch(sock):
        """Wait for one whole request, then see what the others have."""
        clients = [sock.accept()[0]]
        data = b""
        while not data.endswith(body):
            data += clients[0].recv(65536)
        sock.settimeout(0)
        with contextlib.suppress(BlockingIOError):
            while True:
                clients.append(sock.accept()[0])
        there = [len(data), *(len(c.recv(1 << 20, socket.MSG_PEEK)) for c in clients[1:])]
        sizes = [len(data)]
        for c in clients[1:]:
            c.settimeout(5)
            got = b""
            while not got.endswith(body):
                got += c.recv(65536)
            sizes.append(len(got))
        for c in clients:
            c.sendall(OK)
        return sizes, there, clients

    async def work(client):
        watching = asyncio.create_task(asyncio.to_thread(watch, sock))
        outgoing = [Outgoing(method="POST", url=url, body=body, timeout_seconds=4)] * count
        replies = await client.send_together(outgoing)
        return replies, await watching

    with listening() as (url, sock):
        replies, (sizes, there, clients) = with_client(work)
        for one in clients:
            one.close()
    assert [reply.response.body for reply in replies] == [b"ok"] * count
    assert len(set(sizes)) == 1
    assert len(there) == count
    assert min(there) >= sizes[0] - 1


def test_no_request_is_whole_while_another_is_still_being_written():
    large, small = b"x" * 20_000_000 + b"large", b"small"

    async def work(client):
        loop = asyncio.get_running_loop()
        outgoing = [Outgoing(method="POST", url=url, body=body) for body in (large, small)]
        sending = asyncio.create_task(client.send_together(outgoing))
        waiting = [(await loop.sock_accept(sock))[0] for _ in outgoing]
        await asyncio.sleep(0.2)  # the large one cannot be written: nobody reads it
        there = sorted((one.recv(1 << 24, socket.MSG_PEEK) for one in waiting), key=len)
        for one in waiting:
            data = b""
            while not data.endswith((b"large", b"small")):
                data = data[-9:] + await loop.sock_recv(one, 1 << 20)
            one.sendall(OK)
        return there[0], await sending, waiting

    with listening() as (url, sock):
        sock.setblocking(False)
        seen, replies, waiting = with_client(work)
        for one in waiting:
            one.close()
    assert seen.endswith(b"\r\n\r\n" + small[:-1])
    assert [reply.response.body for reply in replies] == [b"ok", b"ok"]


def test_of_those_sent_together_each_has_its_own_fate():
    def by_path(talk):
        request = talk.request()
        if b"/reset" in request:
            talk.reset()
        elif b"/silent" in request:
            talk.wait()
        else:
            talk.say(OK)

    with hostile(by_path) as (url, _):
        waits = (("ok", 5.0), ("reset", 5.0), ("silent", 0.4), ("ok", 5.0))
        outgoing = [
            Outgoing(method="GET", url=f"{url}/{path}", timeout_seconds=wait)
            for path, wait in waits
        ]
        outgoing.append(Outgoing(method="GET", url="http://127.0.0.1:1/"))
        replies = with_client(lambda client: client.send_together(outgoing))
    fates = [reply.failure.kind.value if reply.failure else "ok" for reply in replies]
    assert fates == ["ok", "reset", "timeout", "ok", "refused"]


def test_one_that_is_answered_before_its_last_byte_does_not_hold_up_the_others():
    def hasty(talk):
        talk.sock.recv(10)
        talk.say(b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n")
        talk.wait(0.2)

    with hostile(hasty) as (url, _):
        outgoing = [Outgoing(method="POST", url=url, body=b"x" * 10)] * 3
        replies = with_client(lambda client: client.send_together(outgoing))
    assert [reply.response.status for reply in replies] == [401] * 3


def test_one_that_is_answered_while_it_is_still_written_does_not_hold_up_the_others():
    def hasty(talk):
        talk.sock.recv(10)
        talk.say(b"HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n")
        talk.wait(3)

    with hostile(hasty) as (url, _):
        outgoing = [Outgoing(method="POST", url=url, body=b"x" * 20_000_000)] * 2
        begun = time.monotonic()
        replies = with_client(lambda client: client.send_together(outgoing))
    assert [reply.response.status for reply in replies] == [413] * 2
    assert time.monotonic() - begun < 2


def test_nothing_sent_together_is_nothing():
    assert with_client(lambda client: client.send_together([])) == ()


@pytest.mark.parametrize(("after", "with_reset"), [(-1, True), (-1, False), (20, True), (0, True)])
def test_a_request_is_cut_at_the_byte_that_was_asked_for(after, with_reset):
    body = b"x" * 300_000

    def note(talk):
        data, ended = b"", "closed"
        try:
            while more := talk.sock.recv(65536):
                data += more
        except ConnectionResetError:
            ended = "reset"
        talk.log.extend((data, ended))

    async def work(client):
        outgoing = Outgoing(method="POST", url=f"{url}/x", body=body)
        return await client.abandon(outgoing, after_bytes=after, with_reset=with_reset)

    with hostile(note) as (url, log):
        reply = with_client(work)
        until = time.monotonic() + 5
        while len(log) < 2 and time.monotonic() < until:
            time.sleep(0.01)
    data, ended = log
    assert reply.failure.kind is FailureKind.ABANDONED
    assert ended == ("reset" if with_reset else "closed")
    assert data.endswith(body) if after < 0 else len(data) == after


def test_one_that_is_cut_off_by_the_server_first_says_so():
    with hostile(BEHAVIOURS["hangs_up_before_it_has_read"]) as (url, _):
        outgoing = Outgoing(method="POST", url=url, body=b"x" * 20_000_000)
        reply = with_client(lambda client: client.abandon(outgoing))
    assert reply.failure.kind in (FailureKind.RESET, FailureKind.CLOSED)


def test_closing_ends_what_is_under_way():
    async def work(client):
        sending = asyncio.create_task(client.send(Outgoing(method="GET", url=url)))
        await asyncio.sleep(0.1)
        await client.close()
        return await asyncio.wait_for(sending, 2)

    with hostile(BEHAVIOURS["says_nothing"]) as (url, _):
        assert with_client(work).failure.kind is FailureKind.CLOSED


def test_a_file_of_authorities_that_is_none_is_told_at_once(tmp_path):
    wrong = tmp_path / "authorities.pem"
    wrong.write_text("no certificate")
    for path in (wrong, tmp_path / "absent.pem"):
        with pytest.raises(ConfigError, match=path.name):
            Client(verify=str(path))


def test_more_idle_connections_than_are_useful_are_not_kept():
    def patient(talk):
        while talk.request():
            talk.say(OK)
        talk.log.append("ended")

    async def work(client):
        await client.send_together([Outgoing(method="GET", url=url)] * 80)
        until = time.monotonic() + 5
        while len(log) < 80 - 64 and time.monotonic() < until:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        return len(log)

    with hostile(patient) as (url, log):
        assert with_client(work) == 80 - 64

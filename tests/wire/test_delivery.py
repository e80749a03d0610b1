"""Answers that come late, in pieces, in part, or not at all."""

import contextlib
import gc
import socket
import struct
import threading
import time

import pytest

from verifier.wire import Answer, Bounds, Delivery, End, Part, serve_in_thread

# How long a machine that does other things may take.
PATIENCE_SECONDS = 30
ASK = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
QUICK = Bounds(idle_seconds=0.5, silence_seconds=0.5)


@contextlib.contextmanager
def client(*deliveries, body=b"x" * 100, server=None):
    """A client of a server that sends its answers so, the last way for good."""
    left = list(deliveries)

    def handler(_):
        delivery = left.pop(0) if len(left) > 1 else left[0]
        return Answer(status=200, body=body, delivery=delivery)

    with (
        serve_in_thread(handler, bounds=QUICK) as listening,
        socket.create_connection(("127.0.0.1", listening.port), timeout=PATIENCE_SECONDS) as sock,
    ):
        if server is not None:
            server.append(listening)
        yield sock


def until_end(sock):
    data = b""
    while more := sock.recv(65536):
        data += more
    return data


def whole(sock, body_bytes=100):
    """One answer of a connection that stays open."""
    data = bytearray()
    while (head := data.find(b"\r\n\r\n", 0, 65536)) < 0 or len(data) - head - 4 < body_bytes:
        more = sock.recv(65536)
        assert more
        data += more
    return bytes(data)


class Told:
    def __init__(self):
        self.what, self.event = None, threading.Event()

    def __call__(self, delivered):
        self.what = delivered
        self.event.set()

    def wait(self):
        assert self.event.wait(PATIENCE_SECONDS)
        return self.what


def test_a_delivery_that_asks_for_nothing_changes_nothing():
    with client(Delivery()) as sock, client(None) as plain:
        sock.sendall(ASK)
        plain.sendall(ASK)
        assert whole(sock) == whole(plain)
        sock.sendall(ASK)
        assert whole(sock).startswith(b"HTTP/1.1 200 OK")


def test_an_answer_can_come_late_and_the_next_request_waits_its_turn():
    with client(Delivery(wait_seconds=0.15), None) as sock:
        began = time.perf_counter()
        sock.sendall(ASK + ASK)
        whole(sock, body_bytes=200)
        assert time.perf_counter() - began >= 0.15


@pytest.mark.parametrize(
    ("part", "pauses"),
    [(Part.BODY, 10), (Part.HEAD, 8), (Part.ALL, 18)],
)
def test_head_or_body_or_both_can_come_in_pieces(part, pauses):
    told = Told()
    delivery = Delivery(part=part, piece_bytes=10, pause_seconds=0.01, told=told)
    with client(delivery) as sock:
        sock.sendall(ASK)
        assert whole(sock).endswith(b"x" * 100)
        assert pauses * 0.009 <= told.wait().seconds < pauses * 0.01 + PATIENCE_SECONDS
        assert told.what.whole


@pytest.mark.parametrize(("stop", "kept"), [(0, 0), (12, 12), (10_000, None)])
def test_an_answer_can_be_cut_at_a_byte_and_closed_in_order(stop, kept):
    with client(Delivery(stop_after_bytes=stop, end=End.CLOSE)) as sock:
        sock.sendall(ASK)
        data = until_end(sock)
        assert data == b"HTTP/1.1 200 OK"[:kept] if kept is not None else data.endswith(b"xx")


def test_a_body_can_be_cut_and_its_length_still_promises_the_whole():
    told = Told()
    with client(Delivery(stop_after_body_bytes=40, end=End.CLOSE, told=told)) as sock:
        sock.sendall(ASK)
        head, _, body = until_end(sock).partition(b"\r\n\r\n")
        assert b"Content-Length: 100" in head
        assert body == b"x" * 40
        assert not told.wait().whole


@pytest.mark.parametrize("stop", [0, 12])
def test_a_reset_is_a_reset_and_comes_after_what_was_sent(stop):
    with client(Delivery(stop_after_bytes=stop, end=End.RESET)) as sock:
        sock.sendall(ASK)
        assert not stop or sock.recv(100) == b"HTTP/1.1 200"
        with pytest.raises(ConnectionResetError):
            sock.recv(100)


def test_a_silence_lasts_until_the_client_gives_up_and_it_is_told_when():
    told = Told()
    with client(Delivery(stop_after_bytes=0, end=End.SILENCE, told=told)) as sock:
        sock.sendall(ASK)
        sock.settimeout(0.1)
        with pytest.raises(TimeoutError):
            sock.recv(100)
        sock.close()
        assert 0.09 <= told.wait().left_seconds < PATIENCE_SECONDS
        assert told.what.sent_bytes == 0


def test_a_silence_that_no_client_ends_is_ended():
    with client(Delivery(stop_after_body_bytes=1, end=End.SILENCE)) as sock:
        sock.sendall(ASK)
        began = time.perf_counter()
        with contextlib.suppress(ConnectionResetError):
            assert until_end(sock).endswith(b"\r\n\r\nx")
        assert 0.3 < time.perf_counter() - began < PATIENCE_SECONDS


def test_a_half_closed_connection_still_takes_requests_and_answers_none():
    with client(Delivery(end=End.HALF)) as sock:
        sock.sendall(ASK)
        assert until_end(sock).endswith(b"x" * 100)
        sock.sendall(ASK)
        time.sleep(0.05)
        sock.sendall(ASK)
        assert sock.recv(100) == b""


def test_a_client_that_leaves_in_the_middle_of_a_drip_is_noticed():
    told = Told()
    with client(Delivery(piece_bytes=1, pause_seconds=0.02, told=told)) as sock:
        sock.sendall(ASK)
        sock.recv(100)
        sock.close()
        assert 0 <= told.wait().left_seconds < PATIENCE_SECONDS
        assert not told.what.whole


def test_a_large_body_waits_for_a_client_that_reads_slowly():
    told = Told()
    size = 8 * 1024 * 1024
    with client(Delivery(told=told), body=b"x" * size) as sock:
        sock.sendall(ASK)
        assert not told.event.wait(0.2)
        assert len(whole(sock, body_bytes=size)) > size
        assert told.wait().whole


def test_a_server_refuses_for_as_long_as_it_is_told_and_comes_back():
    listening = []
    with client(
        Delivery(stop_after_bytes=0, end=End.RESET, refuse_seconds=1), None, server=listening
    ) as sock:
        address = ("127.0.0.1", listening[0].port)
        with socket.create_connection(address, timeout=PATIENCE_SECONDS) as idle:
            sock.sendall(ASK)
            with pytest.raises(ConnectionResetError):
                sock.recv(100)
            with contextlib.suppress(ConnectionResetError):
                assert idle.recv(100) == b""
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address, timeout=PATIENCE_SECONDS)
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(ConnectionRefusedError):
                with socket.create_connection(address, timeout=PATIENCE_SECONDS) as again:
                    again.sendall(ASK)
                    assert whole(again).endswith(b"x")
                return
            time.sleep(0.02)
        raise AssertionError("it did not come back")


def test_a_client_that_has_reset_before_the_farewell_troubles_nobody(caplog):
    asking = socket.socket()

    def handler(_):
        # The loop waits for us, and hears of the reset only after its answer.
        asking.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        asking.close()
        return Answer(status=200, delivery=Delivery(stop_after_bytes=0, end=End.HALF))

    told = Told()
    with serve_in_thread(lambda asked: answered(asked, handler, told), bounds=QUICK) as listening:
        asking.connect(("127.0.0.1", listening.port))
        asking.sendall(ASK)
        told.wait()
        with socket.create_connection(
            ("127.0.0.1", listening.port), timeout=PATIENCE_SECONDS
        ) as other:
            other.sendall(ASK)
            assert whole(other)
    gc.collect()  # an exception that nobody fetched is told when its task is collected
    assert not caplog.records


def answered(asked, first, told):
    """The first request is answered by one who resets it; the others are well."""
    if told.event.is_set():
        return Answer(status=200, body=b"x" * 100)
    told(asked)
    return first(asked)

"""What a connection says in one turn of the event loop, and when it goes out."""

import asyncio

import pytest

from verifier.wire import Answer, Bounds, Delivery, End
from verifier.wire.outlet import MOST_HELD_BYTES, Outlets
from verifier.wire.session import Session

REQUEST = b"GET /%d HTTP/1.1\r\nHost: a\r\n\r\n"
LAST = b"GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


class Wire(asyncio.Transport):
    """Writes down what is done to it."""

    def __init__(self):
        super().__init__()
        self.did = []

    def write(self, data):
        self.did.append(data)

    def can_write_eof(self):
        return True

    def write_eof(self):
        self.did.append("eof")

    def close(self):
        self.did.append("close")

    def abort(self):
        self.did.append("abort")

    def is_closing(self):
        return "abort" in self.did or "close" in self.did


def told(body, delivery=None):
    return lambda incoming: Answer(
        status=200, body=body or incoming.target.encode(), delivery=delivery
    )


def after(*steps, handler=None, turns=1):
    """What a wire saw once a session was given bytes, or told something, in one turn."""

    async def run():
        wire, outlets = Wire(), Outlets(asyncio.get_running_loop())
        session = Session(
            handler or told(b""), Bounds(), set(), outlets, lambda _: None, lambda: True
        )
        session.connection_made(wire)
        for step in steps:
            session.data_received(step) if isinstance(step, bytes) else step(session)
        at_once = list(wire.did)
        for _ in range(turns):
            await asyncio.sleep(0)
        session.connection_lost(None)
        return at_once, wire.did[len(at_once) :]

    return asyncio.run(run())


def test_answers_of_one_turn_are_written_together_when_it_is_over():
    at_once, later = after(REQUEST % 1, REQUEST % 2 + REQUEST % 3)
    assert at_once == []
    (data,) = later
    assert [part[:2] for part in data.split(b"\r\n\r\n")[1:]] == [b"/1", b"/2", b"/3"]


def test_an_answer_goes_out_before_its_client_is_dropped():
    at_once, later = after(REQUEST % 1, Session.end)
    assert [at_once[0][-2:], at_once[1:], later] == [b"/1", ["abort"], []]


def test_an_answer_goes_out_before_a_client_that_has_said_everything_is_let_go():
    at_once, later = after(REQUEST % 1, Session.eof_received)
    assert [at_once[0][-2:], later] == [b"/1", []]


def test_the_last_answer_is_written_after_those_before_it_and_before_the_farewell():
    at_once, later = after(REQUEST % 1 + LAST)
    assert later == []
    assert b"".join(at_once[:-1]).endswith(b"/last")
    assert b"/1HTTP/1.1 200" in b"".join(at_once[:-1])
    assert at_once[-1] == "eof"


@pytest.mark.parametrize("wrong", [b"\x00\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n"])
def test_a_refusal_is_written_after_the_answers_before_it(wrong):
    at_once, _ = after(REQUEST % 1, wrong)
    assert [data[:12] for data in at_once[:2]] == [b"HTTP/1.1 200", b"HTTP/1.1 400"]


def test_what_is_delivered_in_its_own_way_comes_after_what_was_said():
    def handler(incoming):
        way = Delivery(end=End.CLOSE) if incoming.target == "/2" else None
        return told(b"", way)(incoming)

    at_once, _ = after(REQUEST % 1 + REQUEST % 2, handler=handler)
    assert [data[-2:] for data in at_once] == [b"/1"]


def test_much_is_written_at_once():
    body = b"x" * MOST_HELD_BYTES
    at_once, later = after(REQUEST % 1, handler=told(body))
    assert [len(at_once[0]) > MOST_HELD_BYTES, later] == [True, []]

"""What every way to a vendor keeps to; what one cannot do by its nature is declared here."""

import asyncio
import gc
import hashlib
import logging
import time

import pytest

from tests.hostile import BEHAVIOURS, hostile
from tests.probing.transports.sound import BIG, TEXT, TRANSPORTS, reach
from verifier.errors import UsageError
from verifier.model import FailureKind, Outgoing, Reply
from verifier.probing.transports.httpx_client import HttpxTransport
from verifier.probing.transports.wire import WireTransport

SOCKETS = {"wire": WireTransport, "httpx": HttpxTransport}
every_transport = pytest.mark.parametrize("name", TRANSPORTS)
over_sockets = pytest.mark.parametrize("name", SOCKETS)
in_process = pytest.mark.parametrize("name", ["asgi", "handler"])


def run(work):
    """Run to the end, and see that nothing is left behind: no task, no socket."""

    async def whole():
        result = await work
        for _ in range(100):  # what a library's generators still have to say
            await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return result

    try:
        return asyncio.run(whole())
    finally:
        gc.collect()  # a socket that nobody closed is a ResourceWarning, which is an error here


def ask(make, *outgoing, how="send"):
    """Send one after the other (or ``how`` else) through a fresh transport."""

    async def work():
        transport = make()
        try:
            if how == "send_together":
                return await transport.send_together(outgoing)
            return [await getattr(transport, how)(one) for one in outgoing]
        finally:
            await transport.close()

    return run(work())


def get(url, **more):
    return Outgoing(method=more.pop("method", "GET"), url=url, **more)


def answered(name, *outgoing):
    """The responses of the sound vendor; targets are completed with its address."""
    with reach(name) as (base, make):
        whole = [get(base + one) if isinstance(one, str) else one(base) for one in outgoing]
        replies = ask(make, *whole)
    assert all(reply.failure is None for reply in replies), replies
    return [reply.response for reply in replies]


# The request, as it is given


@every_transport
@pytest.mark.parametrize(
    "target",
    [
        "/echo",
        "/a%2Fb/%41/../x/./y//z",
        "/echo?q=a%20b+c&q=&&=;&x=%C3%A9%ff",
        "/echo?",
        "/~a!$&'()*+,;=:@",
        '/"<>^`{|}',
    ],
)
def test_the_target_arrives_as_it_was_given(name, target):
    (response,) = answered(name, target)
    expected = target.rstrip("?") if name in ("asgi", "handler") else target
    assert response.json()["target"] == expected


@every_transport
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"])
def test_the_method_and_the_body_arrive(name, method):
    (response,) = answered(name, lambda base: get(base + "/echo", method=method, body="é".encode()))
    assert (response.json()["method"], response.json()["body"]) == (method, "é")


@over_sockets
def test_a_method_is_not_put_in_capitals(name):
    def note(talk):
        talk.log.append(talk.request())
        talk.say(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with hostile(note) as (url, log):
        ask(SOCKETS[name], get(url, method="Brew"))
    assert log[0].startswith(b"Brew / HTTP/1.1\r\n")


@every_transport
def test_headers_arrive_in_order_and_nothing_is_made_up(name):
    given = (("X-b", "1"), ("x-A", "é"), ("X-b", "2"), ("Accept", "*/*"), ("X-Empty", ""))
    (response,) = answered(name, lambda base: get(base + "/echo", headers=given))
    expected = list(given)
    if name == "asgi":  # the ASGI specification has names in lower case
        expected = [(key.lower(), value) for key, value in given]
    seen = [tuple(pair) for pair in response.json()["headers"]]
    assert [pair for pair in seen if pair[0].lower() != "host"] == expected


@every_transport
def test_host_and_length_are_not_repeated_where_they_are_given(name):
    given = (("Host", "elsewhere.test"), ("Content-Length", "2"))
    (response,) = answered(
        name, lambda base: get(base + "/echo", method="POST", headers=given, body=b"hi")
    )
    seen = [tuple(pair) for pair in response.json()["headers"]]
    assert [(k.lower(), v) for k, v in seen] == [(k.lower(), v) for k, v in given]


@pytest.mark.parametrize("name", ["wire", "httpx", "asgi"])
def test_an_empty_post_has_a_length(name):
    (response,) = answered(name, lambda base: get(base + "/echo", method="POST"))
    lengths = [v for k, v in response.json()["headers"] if k.lower() == "content-length"]
    assert lengths == ["0"]


@pytest.mark.parametrize("name", ["wire", "httpx", "asgi"])
@pytest.mark.parametrize(
    "wrong",
    [
        {"headers": (("X-A", "1\r\nX-Injected: 2"),)},
        {"headers": (("X-A\r\nX-Injected", "2"),)},
        {"headers": (("X-A", "1\n"),)},
        {"headers": (("X-A", "1\r2"),)},
        {"headers": (("X-A", "a\0b"),)},
        {"headers": (("X A", "1"),)},
        {"headers": (("", "1"),)},
        {"headers": (("X-A", "\ud800"),)},
        {"method": "GET /x HTTP/1.1\r\nX:"},
        {"method": ""},
        {"url": "http://vendor.test/a b"},
        {"url": "http://vendor.test/a\r\nX-Injected: 2"},
        {"url": "http://user:secret@vendor.test/"},
        {"url": "http://vendor.test:99999/"},
        {"url": "/relative"},
        {"url": "ftp://vendor.test/"},
    ],
)
def test_what_would_break_out_of_its_line_is_refused_before_anything_is_sent(name, wrong):
    with reach(name) as (base, make), pytest.raises(UsageError) as raised:
        ask(make, get(**{"url": base + "/echo", **wrong}))
    assert "secret" not in str(raised.value)


# The answer, as it came


@every_transport
def test_headers_come_back_in_order_with_their_case_and_repetitions(name):
    (response,) = answered(name, "/many")
    mine = [pair for pair in response.headers if pair[0].lower().startswith("x-")]
    expected = [("X-One", "1"), ("x-two", "é"), ("X-One", "2"), ("X-Empty", ""), ("X-ONE", "3")]
    assert mine == expected
    assert response.header_all("x-one") == ("1", "2", "3")


@every_transport
def test_a_redirect_is_an_answer_and_a_cookie_is_forgotten(name):
    redirect, after = answered(name, "/redirect", "/echo")
    assert redirect.status == 302
    assert "cookie" not in {key.lower() for key, _ in after.json()["headers"]}


@every_transport
@pytest.mark.parametrize("target", ["/echo", "/big", "/many"])
def test_a_head_has_no_body_and_the_next_answer_is_whole(name, target):
    head, after = answered(name, lambda base: get(base + target, method="HEAD"), "/echo")
    assert (head.status, head.body) == (200, b"")
    assert after.json()["method"] == "GET"


@every_transport
@pytest.mark.parametrize("status", [200, 201, 400, 404, 418, 500, 503, 599])
def test_any_status_is_an_answer(name, status):
    (response,) = answered(name, f"/status/{status}")
    assert (response.status, response.body) == (status, b"no body is due here")


@pytest.mark.parametrize("name", ["wire", "httpx", "asgi"])
@pytest.mark.parametrize("status", [204, 304])
def test_an_answer_that_may_have_no_body_has_none(name, status):
    first, after = answered(name, f"/status/{status}", "/echo")
    assert (first.status, first.body) == (status, b"")
    assert after.status == 200


@pytest.mark.parametrize("name", ["wire", "httpx", "asgi"])
def test_a_large_body_is_cut_counted_and_hashed(name):
    (response,) = answered(name, "/big")
    assert response.cut
    assert response.size_bytes == len(BIG)
    assert response.body == BIG[: 8 * 1024 * 1024]
    assert response.digest == hashlib.sha256(BIG).hexdigest()


@every_transport
def test_a_body_of_usual_size_is_kept_whole(name):
    (response,) = answered(name, "/status/200")
    assert (response.size_bytes, response.cut, response.digest) == (19, False, "")


@pytest.mark.parametrize("name", ["wire", "httpx", "asgi"])
@pytest.mark.parametrize("coding", ["gzip", "two-members", "deflate", "raw-deflate"])
def test_a_coded_body_is_decoded(name, coding):
    (response,) = answered(name, f"/{coding}")
    assert (response.body, response.size_bytes) == (TEXT, len(TEXT))


@pytest.mark.parametrize("name", ["wire", "httpx", "asgi"])
def test_a_coding_that_we_do_not_know_is_left_as_it_came(name):
    (response,) = answered(name, "/unknown-coding")
    assert (response.body, response.header("content-encoding")) == (TEXT, "br")


@pytest.mark.parametrize("name", ["wire", "httpx", "asgi"])
def test_an_empty_body_has_no_coding(name):
    (response,) = answered(name, "/empty-gzip")
    assert response.body == b""


@pytest.mark.parametrize("name", ["wire", "httpx", "asgi"])
def test_a_crash_of_the_vendor_is_an_answer(name, caplog):
    caplog.set_level(logging.CRITICAL)
    crashed, after = answered(name, "/crash", "/echo")
    assert (crashed.status, after.status) == (500, 200)


def test_a_crash_of_a_plain_callable_is_its_makers_to_see():
    with reach("handler") as (base, make), pytest.raises(ValueError, match="own fault"):
        ask(make, get(base + "/crash"))


@every_transport
def test_many_are_answered_each_its_own(name):
    with reach(name) as (base, make):
        outgoing = [get(f"{base}/echo?{number}") for number in range(20)]
        replies = ask(make, *outgoing, how="send_together")
    targets = [reply.response.json()["target"] for reply in replies]
    assert targets == [f"/echo?{number}" for number in range(20)]


@every_transport
def test_one_that_is_abandoned_says_so_and_the_next_is_answered(name):
    with reach(name) as (base, make):
        ((abandoned,), (after,)) = (
            ask(make, get(base + "/echo", method="POST", body=b"x"), how="abandon"),
            ask(make, get(base + "/echo")),
        )
    assert (abandoned.response, abandoned.failure.kind) == (None, FailureKind.ABANDONED)
    assert after.response.status == 200


@pytest.mark.parametrize("name", ["wire", "httpx", "asgi"])
def test_a_slow_answer_is_a_timeout(name):
    with reach(name) as (base, make):
        begun = time.monotonic()
        (reply,) = ask(make, get(base + "/slow", timeout_seconds=0.2))
    assert (reply.failure.kind, reply.failure.phase) == (FailureKind.TIMEOUT, "wait")
    assert time.monotonic() - begun < 3


@in_process
def test_without_a_wire_there_is_no_tls(name):
    with reach(name) as (base, make):
        (facts,) = ask(make, base, how="inspect")
    assert (facts.secure, facts.says) == (False, "in process")


@over_sockets
def test_times_are_told_by_phase(name):
    with reach(name) as (base, make):
        (first, second) = ask(make, get(base + "/echo"), get(base + "/echo"))
    times = first.timing
    assert 0 < times.connected_seconds < times.written_seconds
    assert times.written_seconds <= times.first_byte_seconds <= times.total_seconds
    assert second.timing.connected_seconds == -1  # kept


# The hostile server

HOSTILE = {
    "says_nothing": ("timeout", "wait"),
    "never_reads": ("timeout", "wait"),
    "drips": ("timeout", "read"),
    "hangs_up_without_an_answer": ("closed", "wait"),
    "resets_without_an_answer": ("reset", "wait"),
    "hangs_up_in_its_status_line": ("closed", "read"),
    "hangs_up_in_its_headers": ("closed", "read"),
    "drips_its_headers": ("timeout", "read"),
    "is_not_http": ("garbage", "read"),
    "sends_a_bare_page": ("garbage", "read"),
    "speaks_http2": ("garbage", "read"),
    "sends_headers_without_end": ("too-large", "read"),
    "sends_one_header_without_end": ("too-large", "read"),
    "sends_a_header_of_300_kb": ("too-large", "read"),
    "sends_trailers_without_end": ("too-large", "read"),
    "sends_a_body_without_end": ("too-large", "read"),
    "sends_a_header_without_colon": ("garbage", "read"),
    "sends_a_nul_in_a_header": ("garbage", "read"),
    "promises_more_than_it_sends": ("closed", "read"),
    "has_a_negative_length": ("garbage", "read"),
    "has_a_length_in_words": ("garbage", "read"),
    "has_two_lengths": ("garbage", "read"),
    "has_a_chunk_of_no_size": ("garbage", "read"),
    "has_a_chunk_of_impossible_size": ("garbage", "read"),
    "hangs_up_between_chunks": ("closed", "read"),
    "resets_within_the_body": ("reset", "read"),
    "sends_a_bomb": ("too-large", "read"),
    "calls_plain_text_gzip": ("garbage", "read"),
    "ends_its_gzip_too_early": ("garbage", "read"),
    "sends_interim_answers_without_end": ("garbage", "read"),
    "hangs_up_before_it_has_read": ("reset", "wait"),
}
# httpx shows an answer only once its head is whole, and passes over interim answers for ever.
HTTPX_WAITS = {
    "hangs_up_in_its_status_line",
    "hangs_up_in_its_headers",
    "drips_its_headers",
    "is_not_http",
    "speaks_http2",
    "sends_headers_without_end",
    "sends_one_header_without_end",
    "sends_a_header_of_300_kb",
    "sends_a_header_without_colon",
    "sends_a_nul_in_a_header",
    "has_a_negative_length",
    "has_a_length_in_words",
    "has_two_lengths",
}
HTTPX = {
    **{one: (HOSTILE[one][0], "wait") for one in HTTPX_WAITS},
    "sends_interim_answers_without_end": ("timeout", "wait"),
    "sends_a_bare_page": ("closed", "wait"),
}


def test_every_hostile_behaviour_is_expected_to_come_to_something():
    assert set(HOSTILE) == set(BEHAVIOURS)


@over_sockets
@pytest.mark.parametrize("behaviour", HOSTILE)
def test_a_hostile_server_comes_to_one_clean_reply_in_time(name, behaviour):
    expected = (HTTPX if name == "httpx" else {}).get(behaviour, HOSTILE[behaviour])
    wait = 0.4 if expected[0] == "timeout" else 10
    with hostile(BEHAVIOURS[behaviour]) as (url, _):
        begun = time.monotonic()
        (reply,) = ask(SOCKETS[name], get(f"{url}/x", method="POST", timeout_seconds=wait))
        spent = time.monotonic() - begun
    assert isinstance(reply, Reply)
    assert reply.response is None
    assert (reply.failure.kind.value, reply.failure.phase) == expected, reply.failure.says
    assert reply.failure.says
    assert len(reply.failure.received) <= 4096
    assert spent < 5
    assert 0 < reply.timing.total_seconds <= spent


@over_sockets
def test_nothing_listening_is_refused(name):
    with hostile(BEHAVIOURS["says_nothing"]) as (url, _):
        pass
    (reply,) = ask(SOCKETS[name], get(url))
    assert (reply.failure.kind, reply.failure.phase) == (FailureKind.REFUSED, "connect")


@over_sockets
def test_a_host_that_cannot_be_is_unknown(name):
    (reply,) = ask(SOCKETS[name], get(f"http://{'a' * 70}.test/"))
    assert (reply.failure.kind, reply.failure.phase) == (FailureKind.DNS, "connect")


# After these httpx may have its next answer spoilt.
UNASKED = (
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 No\r\n\r\n",
    b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
)


@over_sockets
@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (b"HTTP/1.0 200 OK\r\n\r\nuntil the end", b"until the end"),
        (b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end", b"until the end"),
        (UNASKED[0], b"hello"),
        (UNASKED[1], b"ok"),
        (UNASKED[2], b""),
        (b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", b"ok"),
        (b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok", b"ok"),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", b"ok"),
        (
            b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 3
            + b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            b"ok",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n"
            b"5;a=b\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\nX-T: late\r\n\r\n",
            b"hello world",
        ),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", b""),
    ],
)
def test_an_odd_answer_is_read_for_what_it_is_and_the_next_is_not_spoilt(name, answer, body):
    def odd(talk):
        while talk.request():
            talk.say(answer)
            if b"Length" not in answer and b"chunked" not in answer:
                return
            talk.wait(0.02)

    requests = 1 if name == "httpx" and answer in UNASKED else 3
    with hostile(odd) as (url, _):
        replies = ask(SOCKETS[name], *[get(f"{url}/x")] * requests)
    assert {reply.response and reply.response.body for reply in replies} == {body}
    assert all(reply.response.header("link") is None for reply in replies)
    assert all(reply.response.header("x-t") is None for reply in replies)


@over_sockets
def test_bytes_that_are_no_text_are_kept_one_by_one(name):
    def odd(talk):
        talk.request()
        talk.say(b"HTTP/1.1 200 OK\r\nX-Odd: \xff\xfe\r\nContent-Length: 2\r\n\r\n\xff\xfe")

    with hostile(odd) as (url, _):
        (reply,) = ask(SOCKETS[name], get(url))
    assert reply.response.header("x-odd") == "ÿþ"
    assert reply.response.body == b"\xff\xfe"


@over_sockets
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_kept_connection_that_the_server_has_closed_is_not_written_into(name, method):
    def once(talk):
        talk.log.append(talk.request())
        talk.say(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    async def work(url):
        transport = SOCKETS[name]()
        replies = []
        for _ in range(5):
            replies.append(await transport.send(get(url, method=method)))
            time.sleep(0.02)  # so that the loop does not hear of the end
        await transport.close()
        return replies

    with hostile(once) as (url, log):
        replies = run(work(url))
    assert [reply.failure for reply in replies] == [None] * 5
    assert len(log) == 5


@over_sockets
def test_a_cancelled_request_leaves_nothing(name):
    async def work(url):
        transport = SOCKETS[name]()
        sending = asyncio.create_task(transport.send(get(url)))
        await asyncio.sleep(0.1)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        await transport.close()

    with hostile(BEHAVIOURS["says_nothing"]) as (url, _):
        run(work(url))


# TLS


@over_sockets
@pytest.mark.parametrize(
    ("certificate", "says"),
    [
        ("unknown", "authority"),
        ("expired", "expired"),
        ("elsewhere", "another"),
        ("self-signed", "self-signed"),
    ],
)
def test_a_certificate_that_cannot_be_trusted_is_told_in_plain_words(
    name, certificate, says, certificates
):
    with hostile(BEHAVIOURS["says_nothing"], tls=certificates.server(certificate)) as (url, _):
        make = certificates.trusting(SOCKETS[name], unless=certificate == "unknown")
        (reply,) = ask(make, get(url))
    assert (reply.failure.kind, reply.failure.phase) == (FailureKind.TLS, "connect")
    assert says in reply.failure.says


@over_sockets
def test_a_trusted_server_is_answered(name, certificates):
    def fine(talk):
        while talk.request():
            talk.say(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with hostile(fine, tls=certificates.server("good")) as (url, _):
        make = certificates.trusting(SOCKETS[name])
        replies = ask(make, get(url), get(url))
        together = ask(make, *[get(url)] * 4, how="send_together")
    assert [reply.response.body for reply in (*replies, *together)] == [b"ok"] * 6
    assert replies[1].timing.connected_seconds == -1


@over_sockets
def test_whoever_asks_for_no_trust_gets_an_answer(name, certificates):
    def fine(talk):
        talk.request()
        talk.say(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with hostile(fine, tls=certificates.server("self-signed")) as (url, _):
        (reply,) = ask(lambda: SOCKETS[name](verify=False), get(url))
    assert reply.response.status == 200


def plain(talk):
    talk.sock.recv(65536)
    talk.say(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


@over_sockets
@pytest.mark.parametrize(
    ("behaviour", "kinds"),
    [
        (plain, {"tls"}),
        (lambda talk: talk.sock.recv(1), {"tls", "reset", "closed"}),
        (lambda talk: talk.reset(), {"tls", "reset"}),
        (lambda talk: talk.wait(), {"timeout"}),
    ],
    ids=["plain HTTP", "hangs up", "resets", "says nothing"],
)
def test_a_handshake_that_comes_to_nothing_is_one_clean_reply(name, behaviour, kinds):
    with hostile(behaviour) as (url, _):
        begun = time.monotonic()
        outgoing = get(url.replace("http", "https"), timeout_seconds=1.5)
        (reply,) = ask(SOCKETS[name], outgoing)
    assert reply.failure.kind.value in kinds, reply.failure.says
    assert reply.failure.phase == "connect"
    assert time.monotonic() - begun < 5


@over_sockets
def test_whoever_asks_for_no_trust_is_still_told_that_there_is_none(name, certificates):
    context = certificates.server("self-signed")
    with hostile(lambda talk: talk.request(), tls=context) as (url, _):
        (facts,) = ask(lambda: SOCKETS[name](verify=False), url, how="inspect")
    assert not facts.trusted


@over_sockets
@pytest.mark.parametrize(
    ("certificate", "trusted", "lasts"),
    [("good", True, True), ("self-signed", False, True), ("expired", False, False)],
)
def test_the_facts_of_tls_are_told_also_where_there_is_no_trust(
    name, certificate, trusted, lasts, certificates
):
    with hostile(lambda talk: talk.request(), tls=certificates.server(certificate)) as (url, _):
        (facts,) = ask(certificates.trusting(SOCKETS[name]), url, how="inspect")
    assert facts.secure
    assert facts.version == "TLSv1.3"
    assert facts.trusted is trusted
    assert bool(facts.says) is not trusted
    assert (facts.days_left > 0) is lasts


@over_sockets
def test_the_facts_of_plain_http_are_that_it_is_plain(name):
    (facts,) = ask(SOCKETS[name], "http://127.0.0.1:9", how="inspect")
    assert (facts.secure, facts.says) == (False, "plain HTTP")


@over_sockets
def test_there_are_no_facts_where_nothing_speaks_tls(name):
    with hostile(plain) as (url, _):
        (facts,) = ask(SOCKETS[name], url.replace("http", "https"), how="inspect")
    assert (facts.secure, facts.trusted, facts.version) == (True, False, "")
    assert "does not speak TLS" in facts.says

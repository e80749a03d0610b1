"""Every fault shows as it says, over a socket and in process alike, and leaves what it says."""

import gzip
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import orjson
import pytest

import verifier
from tests.mocking.directing import (
    NEW,
    PATIENCE_SECONDS,
    SAMPLE,
    START,
    client_of,
    frozen,
    in_process,
)
from verifier.mocking import known_faults

# Fault, options, what a client of httpx sees of it (a status or an exception), whether it was done.
SHOWN = [
    ("clock-skew", {}, 201, True),
    ("deprecated", {}, 201, True),
    ("drip", {"piece_bytes": 64, "pause_seconds": 0.01}, 201, True),
    ("empty-body", {}, 201, True),
    ("empty-page", {}, 201, True),
    ("expired-credential", {}, 401, False),
    ("growth", {}, 201, True),
    ("gzip-bomb", {"megabytes": 1}, 201, True),
    ("half-close", {}, 201, True),
    ("hang", {}, httpx.ReadTimeout, False),
    ("html-page", {}, 502, False),
    ("html-page", {"status": 200}, 200, False),
    ("huge-body", {"megabytes": 1}, 201, True),
    ("insufficient-scope", {}, 403, False),
    ("latency", {"seconds": 0.05}, 201, True),
    ("latency", {"seconds": 5}, httpx.ReadTimeout, True),
    ("malformed-json", {}, 201, True),
    ("moving-pages", {}, 201, True),
    ("next-link", {}, 201, True),
    ("no-response", {}, httpx.ReadTimeout, True),
    ("no-response", {"then": "close"}, httpx.RemoteProtocolError, True),
    ("no-response", {"then": "reset"}, httpx.ReadError, True),
    ("rate-limited", {}, 429, False),
    ("rate-limited", {"status": 503}, 503, False),
    ("redirect", {}, 307, False),
    ("redirect", {"status": 303, "committed": True}, 303, True),
    ("refuse", {"seconds": 0.1}, httpx.ReadError, False),
    ("reset-after-commit", {}, httpx.ReadError, True),
    ("reset-after-commit", {"sent_bytes": 20}, httpx.ReadError, True),
    ("reset-before-commit", {}, httpx.ReadError, False),
    ("short-body", {}, httpx.RemoteProtocolError, True),
    ("short-body", {"then": "hang"}, httpx.ReadTimeout, True),
    ("slow-headers", {"piece_bytes": 100, "pause_seconds": 0.01}, 201, True),
    ("stale-reads", {}, 201, True),
    ("status", {}, 503, False),
    ("status", {"status": 500, "committed": True}, 500, True),
    ("status", {"status": 418}, 418, False),
    ("truncated-body", {}, httpx.RemoteProtocolError, True),
    ("truncated-body", {"then": "reset"}, httpx.ReadError, True),
    ("truncated-body", {"then": "hang"}, httpx.ReadTimeout, True),
    ("wrong-content-type", {}, 201, True),
]


@pytest.fixture(scope="module")
def contract():
    return verifier.load(SAMPLE)


def impatient(seconds):
    """Waits so long for an answer, and longer for whatever else a busy machine is slow with."""
    return httpx.Timeout(PATIENCE_SECONDS, read=seconds)


def seen_by(client):
    """What a client sees of a creation: the status or the exception, and the body."""
    try:
        answer = client.post("/customers", json=NEW)
    except httpx.HTTPError as error:
        return type(error), None
    return answer.status_code, answer


def test_every_fault_is_shown_here():
    assert {name for name, *_ in SHOWN} == set(known_faults())


@pytest.mark.parametrize(("name", "options", "expected", "done"), SHOWN)
def test_a_fault_shows_the_same_over_a_socket_and_in_process(
    contract, name, options, expected, done
):
    timeout = impatient(0.3) if expected is httpx.ReadTimeout else PATIENCE_SECONDS
    mock = frozen(contract)
    mock.fail("createCustomer", name, **options)
    with in_process(mock, timeout=timeout) as client:
        status, answer = seen_by(client)
        assert status is expected if isinstance(expected, type) else status == expected
        assert len(mock.ledger.effects("createCustomer")) == int(done)
    socketed = frozen(contract)
    with socketed, client_of(socketed, timeout=timeout) as client:
        socketed.fail("createCustomer", name, **options)
        assert seen_by(client)[0] == status
        assert len(socketed.ledger.effects("createCustomer")) == int(done)
    assert socketed.unconsumed == mock.unconsumed == ()
    assert socketed.ledger[0].fault == name
    if answer is not None:
        assert answer.headers["X-Verifier-Fault"] == name


def test_what_was_done_and_lost_is_found_by_the_retry_with_the_same_key(contract):
    with verifier.mock(contract) as mock, client_of(mock) as client:
        mock.fail("createCustomer", "reset-after-commit")
        key = {"Idempotency-Key": "k"}
        with pytest.raises(httpx.ReadError):
            client.post("/customers", json=NEW, headers=key)
        assert client.post("/customers", json=NEW, headers=key).status_code == 201
        assert len(mock.ledger.effects(key="k")) == 1


def test_while_the_vendor_works_the_key_is_in_use(contract):
    mock = frozen(contract)
    mock.fail("createCustomer", "latency", seconds=5, at="work")
    with in_process(mock) as client:
        key = {"Idempotency-Key": "k"}
        with pytest.raises(httpx.ReadTimeout):
            client.post("/customers", json=NEW, headers=key, timeout=2)  # of the mock's time
        assert client.post("/customers", json=NEW, headers=key).status_code == 409
        mock.advance(5)
        assert client.post("/customers", json=NEW, headers=key).status_code == 201
    assert len(mock.ledger.effects(key="k")) == 1


def test_a_hang_lasts_until_the_client_leaves_and_the_ledger_says_when(contract):
    with verifier.mock(contract) as mock, client_of(mock) as client:
        mock.fail("listCustomers", "hang")
        began = time.monotonic()
        with pytest.raises(httpx.ReadTimeout):
            client.get("/customers", timeout=impatient(0.1))
        until = began + PATIENCE_SECONDS
        while mock.ledger[0].delivered is None:
            assert time.monotonic() < until
            time.sleep(0.005)
        assert 0.05 < mock.ledger[0].delivered.left_seconds < time.monotonic() - began
        assert client.get("/customers").status_code == 200


def until_seen(client, wanted):
    """Ask on until something is seen."""
    until = time.monotonic() + PATIENCE_SECONDS
    seen = None
    while seen != wanted:
        assert time.monotonic() < until, seen
        try:
            seen = client.get("/customers").status_code
        except httpx.TransportError as error:
            seen = type(error)


def test_while_it_refuses_to_connect_nobody_comes_in(contract):
    with verifier.mock(contract) as mock, client_of(mock) as client:
        mock.refuse(2 * PATIENCE_SECONDS)
        until_seen(client, httpx.ConnectError)
        with pytest.raises(httpx.ConnectError):
            client.get("/customers")


def test_after_a_refusal_to_connect_the_vendor_is_back(contract):
    with verifier.mock(contract) as mock, client_of(mock) as client:
        mock.refuse(0.05)
        until_seen(client, httpx.ConnectError)
        until_seen(client, 200)


def answered(contract, name, method="GET", **options):
    mock = frozen(contract)
    mock.fail("*", name, **options)
    with in_process(mock) as client:
        return client.request(method, "/customers", json=NEW if method == "POST" else None)


@pytest.mark.parametrize(
    ("form", "seconds", "expected"),
    [
        ("seconds", 7, "7"),
        ("seconds", 3600, "3600"),
        ("decimal", 2, "2.0"),
        ("garbage", 1, "soon"),
        ("negative", 5, "-5"),
        ("none", 1, None),
        ("milliseconds", 1.5, None),
    ],
)
def test_every_form_of_retry_after(contract, form, seconds, expected):
    answer = answered(contract, "rate-limited", form=form, seconds=seconds)
    assert answer.headers.get("Retry-After") == expected
    assert answer.headers.get("Retry-After-Ms") == ("1500" if form == "milliseconds" else None)


@pytest.mark.parametrize(("form", "away"), [("date", 30), ("past", -30)])
def test_retry_after_as_a_date_is_an_imf_fixdate(contract, form, away):
    value = answered(contract, "rate-limited", form=form, seconds=30).headers["Retry-After"]
    assert value.endswith(" GMT")
    assert parsedate_to_datetime(value).timestamp() == START + away


@pytest.mark.parametrize("form", ["cut", "comma", "quotes", "nan", "warning", "twice"])
def test_malformed_json_does_not_parse_and_says_that_it_is_json(contract, form):
    answer = answered(contract, "malformed-json", "POST", form=form)
    assert answer.headers["Content-Type"] == "application/json"
    with pytest.raises(orjson.JSONDecodeError):
        orjson.loads(answer.content)


def test_a_stale_read_shows_what_was_and_only_for_reads(contract):
    mock = frozen(contract)
    with in_process(mock) as client:
        path = f"/customers/{client.post('/customers', json=NEW).json()['id']}"
        mock.advance(100)
        client.patch(path, json={"name": "Bea"})
        late = client.post("/customers", json=NEW).json()["id"]
        mock.fail("*", "stale-reads", times=3, seconds=60)
        assert client.get(path).json()["name"] == "Ada"
        assert client.get(f"/customers/{late}").status_code == 404
        assert client.patch(path, json={"name": "Cid"}).status_code == 200
        assert client.get(path).json()["name"] == "Cid"


def test_a_skewed_clock_writes_wrong_times_and_is_right_again_afterwards(contract):
    mock = frozen(contract)
    with in_process(mock) as client:
        mock.fail("*", "clock-skew", seconds=-300)
        wrong = client.post("/customers", json=NEW)
        right = client.post("/customers", json=NEW)
    now = datetime.fromtimestamp(START, UTC)
    assert parsedate_to_datetime(wrong.headers["Date"]) == now - timedelta(seconds=300)
    assert parsedate_to_datetime(right.headers["Date"]) == now
    assert datetime.fromisoformat(wrong.json()["created_at"]) == now - timedelta(seconds=300)


def test_a_web_page_is_no_json_and_an_empty_body_is_empty(contract):
    page = answered(contract, "html-page", status=200)
    assert (page.status_code, page.headers["Content-Type"][:9]) == (200, "text/html")
    assert page.text.startswith("<!DOCTYPE html>")
    empty = answered(contract, "empty-body", "POST")
    assert (empty.status_code, empty.content) == (201, b"")
    assert (
        answered(contract, "wrong-content-type", content_type="").headers.get("content-type")
        is None
    )


def test_the_large_bodies_are_valid_and_bounded(contract):
    huge = answered(contract, "huge-body", megabytes=2)
    assert 2.0e6 < len(huge.content) < 2.2e6
    assert len(huge.json()["data"]) > 1000
    mock = frozen(contract)
    mock.fail("*", "gzip-bomb", megabytes=4)
    with in_process(mock) as client, client.stream("GET", "/customers") as answer:
        raw = b"".join(answer.iter_raw())
    assert len(raw) < 10_000
    assert len(gzip.decompress(raw)) > 4 * 1024 * 1024


def test_delays_follow_their_distribution_and_their_seed(contract):
    def delays(distribution, seed):
        mock = frozen(contract, seed=seed)
        mock.fail("*", "latency", times=0, distribution=distribution, seconds=0.1)
        waited = []
        with client_of(mock, transport=mock.transport(instant=True)) as client:
            for _ in range(60):
                before = mock.clock.now()
                client.get("/health")
                waited.append(mock.clock.now() - before)
        return waited

    assert delays("fixed", 1) == pytest.approx([0.1] * 60)
    uniform = delays("uniform", 1)
    assert max(uniform) < 0.1
    assert 0.03 < sum(uniform) / 60 < 0.07
    assert delays("lognormal", 3) == delays("lognormal", 3)
    assert delays("exponential", 3) != delays("exponential", 4)


def test_an_error_has_the_documented_shape_and_exactly_the_status_that_was_asked_for(contract):
    answer = answered(contract, "status", "POST", status=400)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code == 400
    assert answered(contract, "status", status=599).json()["title"] == "Error"

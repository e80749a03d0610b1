"""Vendors that cannot be asked: one clear message, exit code 4, and nothing left on the disk."""

import socket

import pytest

from tests.certificates import Certificates
from tests.hostile import BEHAVIOURS, hostile
from tests.journeys.processes import SAMPLE, SECRET, run, vendor
from verifier.wire import Answer, Delivery, End, serve_in_thread

LIVE = ("--principal", "me=bearer:env:TOKEN", "--output", "run", "--rate", "0")
GONE = Answer(status=200, delivery=Delivery(stop_after_bytes=0, end=End.CLOSE))
READ = ("--check", "contract.response-matches-schema")


def evaluated(url, folder, *more, **environment):
    return run("evaluate", SAMPLE, "--base-url", url, *LIVE, *more, cwd=folder, **environment)


def refused(over, *words):
    assert over.code == 4, over.said
    assert over.out == ""
    message = over.err.splitlines()
    assert len(message) == 2, over.err
    assert message[0].startswith("verifier: http")
    for word in words:
        assert word in over.err
    assert SECRET not in over.said


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("unknown", "an authority that is not known here"),
        ("self-signed", "its certificate is self-signed"),
        ("elsewhere", "its certificate is for another"),
        ("expired", "its certificate has expired"),
    ],
)
def test_a_certificate_that_proves_nothing_is_not_talked_to(certificates, tmp_path, kind, says):
    with hostile(BEHAVIOURS["says_nothing"], tls=certificates.server(kind)) as (url, _):
        over = evaluated(url, tmp_path, SSL_CERT_FILE=certificates.file)
    refused(over, says, "SSL_CERT_FILE", "Nothing was sent")
    assert list(tmp_path.iterdir()) == []


def test_an_authority_of_ones_own_is_trusted_where_it_is_named(certificates, tmp_path):
    with serve_in_thread(lambda _: Answer(status=501), tls=certificates.server("good")) as server:
        over = evaluated(server.url, tmp_path, "--budget", "20", SSL_CERT_FILE=certificates.file)
    assert over.code in (0, 1, 3), over.said


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        ("says_nothing", "no answer within 0.3 seconds"),
        ("never_reads", "no answer within 0.3 seconds"),
        ("hangs_up_without_an_answer", "closed the connection without an answer"),
        ("resets_without_an_answer", "reset the connection without an answer"),
        ("is_not_http", "is not HTTP"),
        ("sends_a_bare_page", "it begins '<html><body>It works!"),
        ("sends_headers_without_end", "its headers have no end"),
    ],
)
def test_a_server_that_gives_no_answer_is_named_in_words(tmp_path, behaviour, says):
    with hostile(BEHAVIOURS[behaviour]) as (url, _):
        over = evaluated(url, tmp_path, "--timeout", "0.3")
    refused(over, says)
    assert list(tmp_path.iterdir()) == []


def test_where_tls_is_spoken_https_is_proposed(certificates, tmp_path):
    with serve_in_thread(lambda _: Answer(status=404), tls=certificates.server("good")) as server:
        over = evaluated(server.url.replace("https", "http"), tmp_path)
    refused(over, "https://")


def test_a_host_that_is_not_known_and_a_port_where_nothing_listens(tmp_path):
    refused(evaluated("http://nope.invalid", tmp_path), "nope.invalid", "base URL")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    refused(evaluated(f"http://127.0.0.1:{port}", tmp_path), "nothing listens", "port")


def test_wrong_credentials_are_noticed_early_and_blamed(tmp_path):
    with vendor() as sold:
        over = evaluated(sold.url, tmp_path)
        asked = len(sold.asked)
    assert over.code == 4
    assert "our credentials were refused every time" in over.err
    assert "'me'" in over.err
    assert asked < 80
    assert SECRET not in over.said


def test_a_secret_that_is_not_there_names_its_variable(tmp_path):
    with vendor() as sold:
        principal = ("--principal", "me=bearer:env:NOT_SET", "--output", "run")
        over = run("evaluate", SAMPLE, "--base-url", sold.url, *principal, cwd=tmp_path)
    assert over.code == 2
    assert "NOT_SET is not set" in over.err
    assert list(tmp_path.iterdir()) == []


def test_a_vendor_that_goes_away_ends_the_run_with_its_report(tmp_path):
    with vendor() as sold:
        answer = sold.answer

        async def fading(incoming):
            if len(sold.asked) > 60:
                return GONE
            return await answer(incoming)

        with serve_in_thread(fading) as server:
            over = evaluated(server.url, tmp_path, TOKEN=sold.secret)
    assert over.code == 4
    assert "without an answer" in over.err
    assert "As far as it got: run/index.html" in over.err
    assert "--resume run" in over.err
    assert (tmp_path / "run" / "index.html").is_file()


def test_an_operation_that_hangs_costs_four_requests_and_not_the_run(tmp_path):
    hung = []
    with vendor() as sold:
        answer = sold.answer

        async def partly(incoming):
            if incoming.target.startswith("/invoices"):
                hung.append(incoming)
                return GONE
            return await answer(incoming)

        with serve_in_thread(partly) as server:
            over = evaluated(server.url, tmp_path, *READ, "--budget", "120", TOKEN=sold.secret)
    assert over.code in (0, 3), over.said
    assert 4 <= len(hung) <= 2 * (4 + 8)
    assert len(sold.asked) > 20


def test_a_run_that_takes_too_long_ends_with_what_it_knows(tmp_path):
    with vendor() as sold:
        more = (*READ, "--minutes", "0.01", "--rate", "20")
        over = evaluated(sold.url, tmp_path, *more, TOKEN=sold.secret)
    assert over.code in (0, 1, 3)
    assert "give --minutes more" in over.out

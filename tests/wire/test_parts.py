"""The parts of the wire that need no wire."""

import datetime
import errno
import socket
import ssl

import pytest

from verifier.errors import UsageError
from verifier.model import FailureKind
from verifier.wire.address import split
from verifier.wire.body import KEPT_BODY_BYTES, Body, Wrong
from verifier.wire.certificate import not_after
from verifier.wire.trouble import not_connected, tls_words


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.test", ("http", "a.test", 80, "a.test", "/")),
        ("HTTPS://a.test?x=1#y", ("https", "a.test", 443, "a.test", "/?x=1")),
        ("http://a.test:8080/b?c#d", ("http", "a.test", 8080, "a.test:8080", "/b?c")),
        ("http://[::1]:81/b", ("http", "::1", 81, "[::1]:81", "/b")),
        ("http://bücher.test/", ("http", "xn--bcher-kva.test", 80, "xn--bcher-kva.test", "/")),
    ],
)
def test_an_address_is_taken_apart(url, expected):
    origin, target = split(url)
    assert (*origin, target) == expected


@pytest.mark.parametrize(
    "url", ["", "a.test", "//a.test/", "http://", "http:///x", "http://a:b/", "http://[::1/", "x:y"]
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(UsageError):
        split(url)


@pytest.mark.parametrize("size", [0, 1, KEPT_BODY_BYTES - 1, KEPT_BODY_BYTES])
def test_a_body_up_to_the_limit_is_kept_whole_without_a_digest(size):
    body = Body()
    assert body.feed(b"x" * size) is None
    assert body.end() == (b"x" * size, size, "")


def test_one_byte_more_is_cut():
    body = Body()
    body.feed(b"x" * KEPT_BODY_BYTES)
    body.feed(b"y")
    kept, size, digest = body.end()
    assert (len(kept), size, len(digest)) == (KEPT_BODY_BYTES, KEPT_BODY_BYTES + 1, 64)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_coded_body_may_come_byte_by_byte(coding):
    import gzip
    import zlib

    coded = gzip.compress(b"hello" * 9) if coding == "gzip" else zlib.compress(b"hello" * 9)
    body = Body(coding.upper())
    for byte in coded:
        assert body.feed(bytes([byte])) is None
    assert body.end()[0] == b"hello" * 9


def test_zeros_after_a_coded_body_are_padding_and_anything_else_is_wrong():
    import gzip

    padded = Body("gzip")
    assert padded.feed(gzip.compress(b"hello") + b"\0\0\0") is None
    assert padded.end()[0] == b"hello"
    assert isinstance(Body("gzip").feed(gzip.compress(b"hello") + b"junk"), Wrong)


def test_the_end_of_a_certificate_is_read():
    from cryptography import x509
    from trustme import CA

    until = datetime.datetime(2049, 12, 31, 23, 59, 59, tzinfo=datetime.UTC)
    begin = datetime.datetime(1990, 1, 1, tzinfo=datetime.UTC)
    for year in (1999, 2049, 2051):  # two centuries in one way to write a time, and the other way
        end = until.replace(year=year)
        pem = CA().issue_cert("a.test", not_before=begin, not_after=end).cert_chain_pems[0].bytes()
        certificate = x509.load_pem_x509_certificate(pem)
        der = ssl.PEM_cert_to_DER_cert(pem.decode())
        assert not_after(der) == certificate.not_valid_after_utc.timestamp() == end.timestamp()


@pytest.mark.parametrize("size", range(0, 300, 7))
def test_a_broken_certificate_is_a_value_error(size):
    from trustme import CA

    der = ssl.PEM_cert_to_DER_cert(CA().cert_pem.bytes().decode())
    with pytest.raises(ValueError, match=r"."):
        not_after(der[:size])


@pytest.mark.parametrize(
    ("error", "kind", "says"),
    [
        (socket.gaierror(socket.EAI_NONAME, "x"), FailureKind.DNS, "the host a.test is not known"),
        (socket.gaierror(socket.EAI_AGAIN, "x"), FailureKind.DNS, "could not be looked up"),
        (ConnectionRefusedError(), FailureKind.REFUSED, "nothing listens at a.test:80"),
        (ConnectionResetError(), FailureKind.RESET, "broke the connection off"),
        (TimeoutError(), FailureKind.TIMEOUT, "within 2 seconds"),
        (OSError(errno.ENETUNREACH, "unreachable"), FailureKind.OTHER, "no way from here"),
        (OSError(errno.EMFILE, "files"), FailureKind.OTHER, "too many files"),
        (OSError("strange"), FailureKind.OTHER, "strange"),
    ],
)
def test_trouble_with_connecting_is_told_in_words(error, kind, says):
    failure = not_connected(error, "a.test", 80, 2)
    assert (failure.kind, failure.phase) == (kind, "connect")
    assert says in failure.says


def test_a_failure_of_tls_that_has_no_words_of_ours_keeps_its_own():
    error = ssl.SSLError(1, "[SSL: SOME_NEW_REASON] some new reason")
    error.reason = "SOME_NEW_REASON"
    assert tls_words(error) == "some new reason"

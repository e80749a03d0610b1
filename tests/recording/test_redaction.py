"""Secrets are taken out in every spelling, and nothing else is."""

import base64
import json
from urllib.parse import quote, quote_plus

import pytest

from verifier.recording import Redaction

SECRET = 'a/b "ç" +c='


@pytest.fixture
def redaction():
    redaction = Redaction()
    redaction.learn("owner", SECRET)
    return redaction


@pytest.mark.parametrize(
    "text",
    [
        "The quick brown fox has a key, a token and a secret.",
        '{"id": "it_0001", "token_type": "bearer", "next_key": null, "password": ""}',
        "eyJhbGciOi is how a token begins",
        "abc",
    ],
)
def test_ordinary_text_stays_as_it_is(redaction, text):
    assert redaction.clean_text(text) == text


def test_binary_bodies_stay_as_they_are(redaction):
    data = bytes(range(256)) * 4
    assert redaction.clean(data) == data


def test_short_words_are_no_secrets():
    redaction = Redaction()
    redaction.learn("owner", "abc")
    redaction.learn("owner", "")
    assert redaction.clean_text("abcabc") == "abcabc"


@pytest.mark.parametrize(
    "spelling",
    [
        SECRET,
        quote(SECRET, safe=""),
        quote(SECRET),
        quote(SECRET, safe="").lower(),
        quote_plus(SECRET),
        json.dumps(SECRET)[1:-1],
        json.dumps(SECRET, ensure_ascii=False)[1:-1],
        json.dumps(SECRET)[1:-1].replace("/", "\\/"),
        base64.b64encode(SECRET.encode()).decode(),
        base64.urlsafe_b64encode(SECRET.encode()).decode().rstrip("="),
        "a/b &quot;ç&quot; +c=",
    ],
)
def test_a_secret_is_found_in_every_spelling(redaction, spelling):
    assert redaction.clean_text(f"<{spelling}>") in ("<«owner»>", "<«owner»=>", "<«owner»==>")


def test_json_stays_valid_around_what_was_taken_out(redaction):
    body = {"password": 'x"y\\', "nested": {"access_token": "t", "note": SECRET}, "n": 1}
    cleaned = json.loads(redaction.clean(json.dumps(body).encode()))
    assert cleaned["nested"] == {"access_token": "«secret»", "note": "«owner»"}
    assert cleaned["password"] == "«secret»"
    assert cleaned["n"] == 1


@pytest.mark.parametrize(
    "shape",
    [
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
        "sk_live_" + "4eC39HqLyjWDarjtT1",
        "rk_test_" + "4eC39HqLyjWDarjtT1",
        *(f"gh{kind}_" + "a" * 36 for kind in "pousr"),
        "xox" + "b-1234567890-abc",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZ",
        "-----BEGIN " + "RSA PRIVATE KEY-----MIIEpA-----END RSA PRIVATE KEY-----",
    ],
)
def test_the_shapes_of_well_known_secrets_are_taken_out(shape):
    assert Redaction().clean_text(f"Bearer {shape}.") in ("Bearer «secret».", "Bearer «secret»")


def test_headers_are_cleaned_one_by_one_and_left_alone_where_nothing_is_secret(redaction):
    plain = (("Accept", "text/html"), ("X-Request-Id", "7"))
    assert redaction.clean_headers(plain) is plain
    told = (("Accept", "text/html"), ("X-Key", SECRET), ("X-Form", "api_key=abc"))
    shown = (("Accept", "text/html"), ("X-Key", "«owner»"), ("X-Form", "api_key=«secret»"))
    assert redaction.clean_headers(told) == shown


def test_forms_lose_their_secrets():
    cleaned = Redaction().clean(b"grant_type=x&client_secret=abc%20d&a=1")
    assert cleaned == "grant_type=x&client_secret=«secret»&a=1".encode()

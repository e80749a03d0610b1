"""The second opinion: it confirms, it contradicts, and its known errors do not count."""

import dataclasses

import pytest
from msgspec import structs

from tests.validating.specimens import answer, contract
from verifier.model import Request, Response
from verifier.validating import Opinion, judge_response, second_opinion
from verifier.validating.opinions import KNOWN

REQUEST = Request(method="POST", path="/things", body=b"{}")
A = {"A": {"type": "object", "properties": {"x": {"type": "string"}}}}
REF = {"$ref": "#/components/schemas/A"}


def opinion(schema: dict, response: Response, **given: object) -> Opinion:
    subject = contract(schema, **given)  # type: ignore[arg-type]
    return second_opinion(subject, subject.operations[0], REQUEST, response)


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_it_accepts_and_refuses_like_the_compiled_validator(version: str) -> None:
    schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
    fine = opinion(schema, answer(b'{"a":"x"}'), version=version)
    assert fine.agrees is False
    wrong = opinion(schema, answer(b'{"a":1}'), version=version)
    assert wrong.agrees is True
    assert "/a" in wrong.says


@pytest.mark.parametrize(
    "media", ["application/json; charset=utf-8", "application/vnd.x+json", "*/*", "application/*"]
)
def test_media_types_are_presented_as_it_understands_them(media: str) -> None:
    kind = "application/vnd.x+json" if "vnd" in media else "application/json"
    assert (
        opinion({"type": "string"}, answer(b'"a"', content_type=kind), media=media).agrees is False
    )
    assert opinion({"type": "string"}, answer(b"1", content_type=kind), media=media).agrees is True


def test_headers_are_found_whatever_their_case() -> None:
    headers = {"X-Count": {"required": True, "schema": {"type": "integer"}}}
    sent = answer(b'"a"', headers=(("x-count", "1"),))
    assert opinion({"type": "string"}, sent, headers=headers).agrees is False
    assert opinion({"type": "string"}, answer(b'"a"'), headers=headers).agrees is True


def test_servers_in_the_document_do_not_matter() -> None:
    subject = contract({"type": "string"})
    subject.document.root["servers"] = [{"url": "https://elsewhere.example/v9/{x}"}]  # type: ignore[index]
    operation = subject.operations[0]
    assert second_opinion(subject, operation, REQUEST, answer(b"1")).agrees is True


SPECIMENS = [
    (
        "null-under-nullable",
        {"nullable": True, "anyOf": [REF, {"type": "string"}]},
        b"null",
        "3.0.3",
    ),
    ("null-under-nullable", {"nullable": True, "oneOf": [REF]}, b"null", "3.0.3"),
    ("null-under-nullable", {"nullable": True, "allOf": [REF]}, b"null", "3.0.3"),
    ("null-under-nullable", {"nullable": True, **REF}, b"null", "3.0.3"),
    ("null-under-nullable", {"nullable": True, "type": "string", "enum": ["a"]}, b"null", "3.0.3"),
    (
        "null-under-nullable",
        {"anyOf": [{"properties": {"p": {"nullable": True, **REF}}}, {"type": "integer"}]},
        b'{"p":null}',
        "3.0.3",
    ),
    ("property-of-unicode", {"type": "string", "pattern": r"^\p{L}+$"}, b'"a"', "3.1.0"),
    ("whole-float", {"type": "integer"}, b"1.0", "3.0.3"),
    (
        "discriminator",
        {"oneOf": [REF, {"type": "string"}], "discriminator": {"propertyName": "kind"}},
        b'{"x":"1"}',
        "3.0.3",
    ),
    (
        "write-only-sent",
        {"type": "object", "properties": {"p": {"type": "string", "writeOnly": True}}},
        b'{"p":"x"}',
        "3.0.3",
    ),
    (
        "write-only-required",
        {"type": "object", "required": ["p"], "properties": {"p": {"writeOnly": True}}},
        b"{}",
        "3.1.0",
    ),
]


@pytest.mark.parametrize(("name", "schema", "body", "version"), SPECIMENS)
def test_a_known_error_of_its_own_does_not_count(
    name: str, schema: dict, body: bytes, version: str
) -> None:
    subject = contract(schema, definitions=A, version=version)
    assert judge_response(subject.operations[0], answer(body)).ok
    given = second_opinion(subject, subject.operations[0], REQUEST, answer(body))
    assert given.agrees is None
    assert KNOWN[name].says in given.says


def test_every_known_error_has_its_specimen() -> None:
    assert set(KNOWN) == {name for name, *_ in SPECIMENS}


def test_a_known_error_beside_a_real_one_does_not_hide_it() -> None:
    schema = {
        "type": "object",
        "properties": {"p": {"nullable": True, **REF}, "q": {"type": "string"}},
    }
    given = opinion(schema, answer(b'{"p":null,"q":1}'), definitions=A)
    assert given.agrees is True
    assert "/q" in given.says


def test_a_null_that_nothing_allows_is_a_real_error() -> None:
    assert opinion({"type": "string"}, answer(b"null")).agrees is True


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "http://vendor.example/never-fetched.json"},
        {"$ref": "#/components/schemas/Gone"},
    ],
)
def test_where_it_gives_up_it_has_no_opinion(schema: dict) -> None:
    given = opinion(schema, answer(b'"a"'))
    assert given.agrees is None
    assert "gave up" in given.says


def test_answers_to_head_and_webhooks_are_not_its_subject() -> None:
    subject = contract({"type": "string"})
    operation = subject.operations[0]
    head = structs.replace(REQUEST, method="HEAD")
    assert second_opinion(subject, operation, head, answer(b"")).agrees is None
    hook = dataclasses.replace(operation, kind="webhook")
    assert second_opinion(subject, hook, REQUEST, answer(b"1")).agrees is None

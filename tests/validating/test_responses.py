"""Answers against their operation: what is fine, what is not, and what could not be told."""

import dataclasses

import pytest
from msgspec import structs

from tests.validating.specimens import answer, contract, operation
from verifier.model import Response
from verifier.validating import judge_response

THING = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "string"}, "inner": {"properties": {"a": {}}}},
}


def test_a_documented_answer_is_fine() -> None:
    reading = judge_response(operation(THING), answer(b'{"id":"1"}'))
    assert reading.ok
    assert reading.spec is not None
    assert reading.media is not None
    assert reading.value == {"id": "1"}
    assert (reading.unchecked, reading.undocumented) == ("", ())


@pytest.mark.parametrize(
    ("documented", "sent"),
    [
        ("application/json", "application/json; charset=utf-8"),
        ("application/json; charset=utf-8", "application/json"),
        ("application/json", "Application/JSON"),
        ("application/*", "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/problem+json"),
        ("application/vnd.github+json", "application/json; charset=utf-8"),
        ("application/vnd.github+json", "application/vnd.github+json"),
    ],
)
def test_content_types_that_mean_the_documented_one_are_fine(documented: str, sent: str) -> None:
    subject = operation(THING, media=documented)
    assert judge_response(subject, answer(b'{"id":"1"}', content_type=sent)).ok
    assert judge_response(subject, answer(b'{"id":1}', content_type=sent)).violations


@pytest.mark.parametrize("sent", ["text/html", "text/plain", "", "application/xml"])
def test_another_content_type_is_not_fine(sent: str) -> None:
    reading = judge_response(operation(THING), answer(b'{"id":"1"}', content_type=sent))
    assert not reading.media_ok
    assert reading.violations == ()


@pytest.mark.parametrize("status", [204, 205, 304])
def test_answers_without_content_are_never_a_violation(status: int) -> None:
    subject = operation(THING, status=str(status))
    assert judge_response(subject, answer(b"", status=status, content_type="")).ok


def test_an_answer_to_head_has_no_content() -> None:
    subject = dataclasses.replace(operation(THING), method="HEAD")
    assert judge_response(subject, answer(b"")).ok


def test_content_that_is_documented_and_does_not_come_is_not_fine() -> None:
    assert not judge_response(operation(THING), answer(b"", content_type="")).media_ok


def test_content_that_nobody_documented_is_no_violation() -> None:
    subject = operation(THING)
    bare = dataclasses.replace(subject.responses[0], media=())
    reading = judge_response(dataclasses.replace(subject, responses=(bare,)), answer(b"hello"))
    assert reading.ok
    assert reading.unchecked == "no content is documented"


@pytest.mark.parametrize(("documented", "status"), [("2XX", 201), ("2xx", 201), ("default", 418)])
def test_ranges_and_default_document_a_status(documented: str, status: int) -> None:
    subject = operation(THING, status=documented)
    assert judge_response(subject, answer(b'{"id":"1"}', status=status)).ok


def test_an_exact_status_wins_over_its_range() -> None:
    subject = operation(THING)
    loose = dataclasses.replace(subject.responses[0], status="2XX", media=())
    both = dataclasses.replace(subject, responses=(loose, *subject.responses))
    assert judge_response(both, answer(b"{}")).violations


def test_an_undocumented_status_is_said_and_nothing_else_judged() -> None:
    reading = judge_response(operation(THING), answer(b"{}", status=500))
    assert reading.spec is None
    assert not reading.ok
    assert reading.unchecked == "status 500 is not documented"


def test_a_wrong_body_is_explained() -> None:
    reading = judge_response(operation(THING), answer(b'{"id":1}'))
    (wrong,) = reading.violations
    assert (wrong.path, wrong.keyword) == ("/id", "type")
    assert not reading.ok


def test_a_cut_body_is_not_judged() -> None:
    response = structs.replace(answer(b'{"id":'), size_bytes=100)
    reading = judge_response(operation(THING), response)
    assert reading.ok
    assert "first 6 bytes" in reading.unchecked


def test_a_body_that_is_only_carried_is_said_to_be_unchecked() -> None:
    subject = operation({"type": "string"}, media="text/csv")
    reading = judge_response(subject, answer(b"a,b", content_type="text/csv"))
    assert reading.ok
    assert "not checked" in reading.unchecked


def test_what_the_schema_lost_is_said_to_be_unchecked() -> None:
    subject = operation({"properties": {"a": {"$ref": "#/components/schemas/Gone"}}})
    assert "Gone" in judge_response(subject, answer(b"{}")).unchecked


HEADERS = {
    "X-Count": {"required": True, "schema": {"type": "integer", "minimum": 0}},
    "X-Flags": {"schema": {"type": "array", "items": {"type": "boolean"}}},
    "Content-Type": {"required": True, "schema": {"enum": ["never"]}},
    "X-Free": {},
}


@pytest.mark.parametrize(
    "headers",
    [
        (("x-count", "3"),),
        (("X-Count", "0"), ("x-flags", "true, false")),
        (("X-Count", "0"), ("x-flags", "true"), ("x-flags", "false"), ("x-free", "any")),
    ],
)
def test_headers_as_documented_are_fine(headers: tuple) -> None:
    subject = operation(THING, headers=HEADERS)
    assert judge_response(subject, answer(b'{"id":"1"}', headers=headers)).ok


def test_headers_that_lack_or_do_not_fit_are_violations() -> None:
    subject = operation(THING, headers=HEADERS)
    lacking = judge_response(subject, answer(b'{"id":"1"}')).header_violations
    assert [(w.path, w.keyword, w.part) for w in lacking] == [("X-Count", "required", "header")]
    sent = (("x-count", "many"), ("x-flags", "true,maybe"))
    wrong = judge_response(subject, answer(b'{"id":"1"}', headers=sent)).header_violations
    assert [w.path for w in wrong] == ["X-Count", "X-Flags"]
    assert wrong[0].says == 'should be an integer, is a string: "many"'


@pytest.mark.parametrize(
    ("schema", "body"),
    [
        (THING, b'{"id":"1","inner":{"a":1}}'),
        ({"type": "object"}, b'{"anything":1}'),
        ({"type": "object", "additionalProperties": {"type": "string"}}, b'{"k":"v"}'),
        ({"properties": {"a": {}}, "additionalProperties": True}, b'{"k":"v"}'),
        ({"properties": {"a": {}}, "patternProperties": {"^x": {}}}, b'{"x1":"v"}'),
        ({"anyOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}, b'{"b":1}'),
        ({"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}, b'{"a":1,"b":1}'),
        ({}, b"[1]"),
    ],
)
def test_members_that_a_schema_covers_are_documented(schema: dict, body: bytes) -> None:
    assert judge_response(operation(schema, version="3.1.0"), answer(body)).undocumented == ()


def test_members_that_no_schema_covers_are_named() -> None:
    body = b'{"id":"1","x/y":1,"inner":{"b":2}}'
    assert judge_response(operation(THING), answer(body)).undocumented == ("/x~1y", "/inner/b")
    rows = b'[{"id":"1"},{"id":"2","new":1}]'
    listed = judge_response(operation({"type": "array", "items": THING}), answer(rows))
    assert listed.undocumented == ("/1/new",)


def test_no_more_than_fifty_members_are_named() -> None:
    body = b'{"id":"1",' + b",".join(b'"k%d":1' % i for i in range(200)) + b"}"
    assert len(judge_response(operation(THING), answer(body)).undocumented) == 50


def test_webhooks_are_judged_like_any_operation() -> None:
    given = contract(THING)
    assert (
        judge_response(
            dataclasses.replace(given.operations[0], kind="webhook"),
            Response(status=200, headers=()),
        ).media_ok
        is False
    )

"""Answers and documents that mean harm: nothing crashes, nothing hangs, everything is said."""

import threading
import time

import pytest

from tests.validating.specimens import answer, checking, operation
from verifier.model import Draft
from verifier.validating import judge_request, judge_response

TREE = {"T": {"type": "array", "items": {"$ref": "#/components/schemas/T"}}}
TREE_REF = {"$ref": "#/components/schemas/T"}


def nested(levels: int, inner: object = None) -> object:
    value = inner if inner is not None else []
    for _ in range(levels):
        value = [value]
    return value


def test_an_answer_nested_ten_thousand_levels_deep_is_a_parse_error() -> None:
    reading = judge_response(
        operation(TREE_REF, definitions=TREE), answer(b"[" * 10_000 + b"]" * 10_000)
    )
    assert "depth" in reading.parse_error


@pytest.mark.parametrize("levels", [200, 300, 900])
def test_deep_answers_within_what_is_parsed_are_checked(levels: int) -> None:
    subject = operation(TREE_REF, definitions=TREE)
    fine = judge_response(subject, answer(b"[" * levels + b"]" * levels))
    assert fine.violations == ()
    wrong = judge_response(subject, answer(b"[" * levels + b"1" + b"]" * levels))
    assert len(wrong.violations) == 1
    expected = "should be an array, is a number: 1" if levels < 250 else "too deep to be told apart"
    assert expected in wrong.violations[0].says


@pytest.mark.parametrize("levels", [2_000, 100_000])
def test_values_deeper_than_any_answer_are_refused_in_every_thread(levels: int) -> None:
    check = checking(TREE_REF, definitions=TREE)
    value = nested(levels)
    said: list[object] = []

    def ask() -> None:
        said.append(check.accepts(value))
        said.append(check.errors(value))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert said[0] is False
    assert "levels deep" in said[1][0].says  # type: ignore[index]
    while isinstance(value, list) and value:  # lest its removal recurse
        value = value[0]


@pytest.mark.parametrize(
    "body",
    [
        b"NaN",
        b"Infinity",
        b"1e999",
        b"1" * 400,
        b"\xff\xfe",
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b"{'a': 1}",
        b'{"a":1,}',
        b"\x00",
        b"[" * 2000,
        b"",
        b"\xef\xbb\xbf{}",
    ],
)
def test_what_is_no_json_is_said_not_raised(body: bytes) -> None:
    reading = judge_response(operation({}), answer(body))
    assert reading.parse_error or not body
    assert not reading.ok


def test_numbers_beyond_64_bits_are_numbers() -> None:
    reading = judge_response(
        operation({"type": "number"}), answer(b"123456789012345678901234567890")
    )
    assert reading.ok
    assert not judge_response(
        operation({"type": "integer", "format": "int64"}), answer(b"18446744073709551615")
    ).ok


def test_of_duplicate_keys_the_last_counts() -> None:
    subject = operation({"properties": {"a": {"type": "string"}}})
    assert judge_response(subject, answer(b'{"a":1,"a":"x"}')).ok
    assert not judge_response(subject, answer(b'{"a":"x","a":1}')).ok


@pytest.mark.parametrize("value", ["\ud800", [b"bytes"], {1: 2}, {1, 2}])
def test_values_that_json_cannot_say_are_refused_in_a_sentence(value: object) -> None:
    check = checking({"type": "object"})
    assert not check.accepts(value)
    assert len(check.errors(value)[0].says) < 300


def test_a_draft_with_odd_values_is_judged() -> None:
    subject = operation({"type": "object"})
    draft = Draft(body=nested(5000), has_body=True, media_type="application/json")
    assert judge_request(subject, draft)


@pytest.mark.parametrize(
    "pattern", [r"^(a+)+$", r"^(?=(a+)+$)(a|aa)+b", r"(.*)*\1x", r"^(([a-z])+.)+[A-Z]([a-z])+$"]
)
def test_exploding_patterns_are_bounded(pattern: str) -> None:
    check = checking({"type": "string", "pattern": pattern})
    began = time.process_time()
    check.accepts("a" * 5000 + "!")
    check.errors("a" * 5000 + "!")
    assert time.process_time() - began < 5


def test_a_definition_that_contains_itself_at_once_does_not_hang() -> None:
    definitions = {"A": {"allOf": [{"$ref": "#/components/schemas/A"}], "type": "object"}}
    check = checking({"$ref": "#/components/schemas/A"}, definitions=definitions, version="3.1.0")
    assert check.accepts({})
    assert not check.accepts(1)


def test_a_flood_of_violations_is_cut() -> None:
    subject = operation({"type": "array", "items": {"type": "string"}})
    reading = judge_response(subject, answer(b"[" + b"1," * 50_000 + b"1]"))
    assert len(reading.violations) == 20

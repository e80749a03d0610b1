"""What an error says is told from what the request put into it."""

import orjson
import pytest

from verifier.checks.gist import gist, quotes
from verifier.model import Exchange, Request, Response

JSON = (("Content-Type", "application/json"),)


def answered(text, *, sent=None, query="", headers=JSON):
    body = text.encode() if isinstance(text, str) else orjson.dumps(text)
    asked = b"" if sent is None else orjson.dumps(sent)
    return Exchange(
        id="x1",
        request=Request(method="POST", path="/a", query=query, headers=JSON, body=asked),
        response=Response(status=400, headers=headers, body=body),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # PowerDNS, a cashu mint, Kinto and FastAPI, each twice.
        (
            {"error": "DNS Name 'Ada' is not canonical"},
            {"error": "DNS Name '007' is not canonical"},
        ),
        ({"detail": "'unit 1'", "code": 0}, {"detail": "'unit 2'", "code": 0}),
        ({"message": "at 10:00:01", "id": "f3b0"}, {"message": "at 10:00:02", "id": "a9c1"}),
        ([{"loc": ["body", 1], "msg": "no"}], [{"loc": ["body", 2], "msg": "no"}]),
        ("line 4 of 9 is wrong", "line 7 of 9 is wrong"),
    ],
)
def test_the_same_mistake_with_another_value_is_told_alike(one, other):
    assert gist(answered(one)) == gist(answered(other)) != ""


def test_what_the_request_holds_is_no_part_of_it():
    told = gist(answered({"error": "Unknown unit pounds"}, sent={"unit": "pounds"}))
    assert told == "unknown unit"


def test_two_mistakes_are_told_apart():
    missing, strange = {"error": "Key 'name' not present"}, {"error": "Name 'x' is not canonical"}
    assert gist(answered(missing)) != gist(answered(strange))


def test_an_answer_without_a_word_has_none():
    assert gist(answered("")) == ""
    assert gist(answered({})) == ""


def test_a_value_that_is_repeated_points_at_itself_where_it_is_long_enough():
    assert quotes(answered({"error": "'Ada Byron 1' is wrong"}, sent={"name": "Ada Byron 1"}))
    assert quotes(answered("no such example.com", query="domain=example.com"))
    assert not quotes(answered({"error": "today is a bad day"}, sent={"interval": "day"}))
    assert not quotes(answered({"error": "Bad request"}, sent={"name": "Ada Byron 1"}))

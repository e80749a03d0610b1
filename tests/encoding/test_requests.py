"""Whole requests: path, query, fields and bodies as they go out."""

import pytest

from tests.encoding.specimens import operation
from verifier.encoding import EncodeError, content_of, encode, matches, media_for
from verifier.model import Draft, Media, Pointer, Response

JSON = {"application/json": {"schema": {"type": "object"}}}
STRIPE = {
    "application/x-www-form-urlencoded": {
        "schema": {"type": "object"},
        "encoding": {"expand": {"style": "deepObject", "explode": True}},
    }
}


def sent(content: dict, body: object, media_type: str = "") -> tuple[str | None, bytes]:
    draft = Draft(body=body, has_body=True, media_type=media_type)
    request = encode(operation(content=content), draft)
    return request.header("content-type"), request.body


def test_a_request_carries_what_the_draft_says() -> None:
    subject = operation(
        path="/a/{id}",
        parameters=(
            {"name": "id", "in": "path", "required": True, "schema": {}},
            {"name": "X-Key", "in": "header", "schema": {}},
            {"name": "sid", "in": "cookie", "schema": {}},
        ),
        content=JSON,
        responses={
            "default": {"description": "", "content": {"application/problem+json": {}}},
            "200": {"description": "", "content": {"application/json": {}}},
        },
    )
    request = encode(
        subject,
        Draft(
            path={"id": "a/b"},
            query={"extra": [1, 2]},
            headers={"x-key": "k"},
            cookies={"sid": "1", "more": "2"},
            body={"n": 1},
            has_body=True,
        ),
    )
    assert (request.method, request.path, request.query) == ("POST", "/a/a%2Fb", "extra=1&extra=2")
    assert request.headers == (
        ("Accept", "application/json, application/problem+json"),
        ("Content-Type", "application/json"),
        ("x-key", "k"),
        ("Cookie", "sid=1; more=2"),
    )
    assert (request.body, request.operation) == (b'{"n":1}', "POST /a/{id}")


def test_fields_of_the_draft_win_over_our_own() -> None:
    draft = Draft(headers={"accept": "text/csv", "content-type": "text/odd"}, raw_body=b"x")
    request = encode(operation(content=JSON), draft)
    assert request.headers == (("accept", "text/csv"), ("content-type", "text/odd"))


def test_without_documented_answers_anything_is_accepted() -> None:
    assert encode(operation(), Draft()).headers == (("Accept", "*/*"),)


def test_a_query_in_the_template_stays() -> None:
    request = encode(operation(path="/a?version=2"), Draft(query={"q": "x"}))
    assert (request.path, request.query) == ("/a", "version=2&q=x")


def test_a_missing_path_value_is_refused_with_what_to_supply() -> None:
    with pytest.raises(EncodeError, match=r"'id' of /a/{id} has no value") as caught:
        encode(operation(path="/a/{id}"), Draft())
    assert "fixtures" in caught.value.mend


def test_no_body_without_one_and_null_where_it_is_meant() -> None:
    assert encode(operation(content=JSON), Draft()).body == b""
    assert sent(JSON, None) == ("application/json", b"null")


def test_raw_bytes_pass_through() -> None:
    draft = Draft(raw_body=b"{broken", media_type="application/json")
    request = encode(operation(content=JSON), draft)
    assert (request.header("content-type"), request.body) == ("application/json", b"{broken")


def test_json_is_preferred_where_several_are_offered() -> None:
    assert sent({"text/plain": {}, **JSON}, {"a": 1})[0] == "application/json"
    assert sent({"text/plain": {}, **JSON}, "a", "text/plain") == ("text/plain", b"a")


@pytest.mark.parametrize(("media", "kind"), [("*/*", "application/json"), ("text/*", "text/plain")])
def test_a_documented_range_is_made_concrete(media: str, kind: str) -> None:
    assert sent({media: {}}, {"a": 1})[0] == kind


def test_json_says_what_orjson_would_not() -> None:
    assert (
        sent(JSON, {"n": 10**30, "s": "\ud800"})[1]
        == b'{"n":1000000000000000000000000000000,"s":"\\ud800"}'
    )


def test_forms_are_bracketed_as_stripe_reads_them() -> None:
    body = {"amount": 5, "card": {"name": "A B"}, "items": [{"p": 1}, {"p": 2}], "expand": ["x"]}
    kind, written = sent(STRIPE, body)
    assert kind == "application/x-www-form-urlencoded"
    readable = written.decode().replace("%5B", "[").replace("%5D", "]")
    assert readable == "amount=5&card[name]=A%20B&items[0][p]=1&items[1][p]=2&expand[0]=x"


def test_plain_arrays_of_a_form_repeat_their_name() -> None:
    content = {"application/x-www-form-urlencoded": {"schema": {}}}
    assert sent(content, {"to": ["a", "b"]})[1] == b"to=a&to=b"


def test_multipart_is_the_same_in_every_run() -> None:
    content = {
        "multipart/form-data": {
            "schema": {"properties": {"file": {"type": "string", "format": "binary"}}},
            "encoding": {"meta": {"contentType": "application/vnd.x+json"}},
        }
    }
    body = {"file": "data", "n": 1, "meta": {"a": 1}}
    kind, written = sent(content, body)
    assert (kind, written) == sent(content, body)
    assert kind != sent(content, {**body, "n": 2})[0]
    assert b'name="file"; filename="file"\r\nContent-Type: application/octet-stream' in written
    assert b'name="meta"\r\nContent-Type: application/vnd.x+json\r\n\r\n{"a":1}' in written
    assert b'name="n"\r\n\r\n1\r\n' in written


def test_a_part_name_cannot_break_out_of_its_header() -> None:
    _, written = sent({"multipart/form-data": {"schema": {}}}, {'a"\r\nX: 1': "v"})
    assert b'name="a%22%0D%0AX: 1"' in written


def test_xml_is_refused_with_the_reason_unless_it_is_text() -> None:
    content = {"application/xml": {"schema": {"type": "object"}}}
    assert sent(content, "<a/>") == ("application/xml", b"<a/>")
    with pytest.raises(EncodeError, match="application/xml"):
        sent(content, {"a": 1})


def test_the_closest_documented_media_type_wins() -> None:
    media = [
        Media(type=kind, schema=None, at=Pointer())
        for kind in ("*/*", "application/*", "application/json", "application/problem+json")
    ]

    def found(content_type: str) -> str:
        given = media_for(media, content_type)
        return given.type if given else ""

    assert found("application/problem+json; x=y") == "application/problem+json"
    assert found("APPLICATION/JSON") == "application/json"
    assert found("application/hal+json") == "application/json"
    assert found("application/pdf") == "application/*"
    assert found("text/html") == "*/*"
    assert found("") == ""
    assert not matches("application/json", "text/json2")


@pytest.mark.parametrize(
    ("kind", "body", "content"),
    [
        ("application/json", b'{"a":1}', {"a": 1}),
        ("application/json", b"<html>", "<html>"),
        ("application/problem+json", b"[1]", [1]),
        ("text/plain", b"1", "1"),
        ("", b"null", None),
        ("", b"hello", "hello"),
    ],
)
def test_the_content_of_an_answer_is_its_value_or_its_text(
    kind: str, body: bytes, content: object
) -> None:
    headers = (("Content-Type", kind),) if kind else ()
    assert content == content_of(Response(status=200, headers=headers, body=body))

"""The server's side: lenient in reading, exact in refusing."""

import pytest

from tests.encoding.specimens import operation
from verifier.encoding import DecodeError, Decoder, decode
from verifier.model import Draft

CONTENT = {
    "application/json": {"schema": {}},
    "application/x-www-form-urlencoded": {
        "schema": {"properties": {"l": {"type": "array", "items": {"type": "integer"}}}}
    },
    "multipart/form-data": {"schema": {}},
}


def read(query: str = "", body: bytes = b"", kind: str = "", *parameters: dict) -> Draft:
    headers = (("content-type", kind),) if kind else ()
    subject = operation(parameters=parameters, content=CONTENT)
    return decode(subject, "POST", "/things", query, headers, body)


def query(schema: dict, **more: object) -> dict:
    return {"name": "q", "in": "query", "schema": schema, **more}


@pytest.mark.parametrize(
    ("schema", "sent", "value"),
    [
        ({"type": "integer"}, "q=5", 5),
        ({"type": "integer"}, "q=five", "five"),
        ({"type": "integer"}, "q=5.0", "5.0"),
        ({"type": "integer"}, "q=", ""),
        ({"type": "integer"}, "q=1_000", "1_000"),
        ({"type": "integer"}, "q=%D9%A3", "٣"),
        ({"type": "number"}, "q=1e3", 1000.0),
        ({"type": "number"}, "q=inf", "inf"),
        ({"type": "boolean"}, "q=true", True),
        ({"type": "boolean"}, "q=True", "True"),
        ({"type": "string"}, "q=5", "5"),
        ({"type": "string", "enum": ["1"]}, "q=1", "1"),
        ({"type": ["string", "integer"], "enum": ["1", 2]}, "q=1", "1"),
        ({"type": ["string", "integer"], "enum": ["1", 2]}, "q=2", 2),
        ({"type": ["string", "null"]}, "q=null", None),
        ({}, "q=5", "5"),
        ({"type": "array", "items": {"type": "integer"}}, "q=1&q=x", [1, "x"]),
        ({"type": "array", "items": {"type": "integer"}}, "q[]=1&q[]=2", [1, 2]),
        ({"type": "array", "items": {"type": "integer"}}, "q=1", [1]),
        ({"anyOf": [{"type": "integer"}, {"type": "string"}]}, "q=5", 5),
        ({"type": "string"}, "q=a+b", "a b"),
        ({"type": "string"}, "q=a&q=b", ["a", "b"]),
    ],
)
def test_texts_become_what_the_schema_names_or_stay_text(
    schema: dict, sent: str, value: object
) -> None:
    assert read(sent, b"", "", query(schema)).query == {"q": value}


def test_what_nothing_describes_is_kept_as_text() -> None:
    assert read("x=1&y=a&y=b&z").query == {"x": "1", "y": ["a", "b"], "z": ""}


def test_a_query_that_is_asked_again_says_the_same_whatever_became_of_what_it_said() -> None:
    subject = operation(parameters=(query({"type": "integer"}),), content=CONTENT)

    def said(sent: str) -> dict:
        return dict(decode(subject, "POST", "/things", sent, (), b"").query)

    first = decode(subject, "POST", "/things", "q=5", (), b"").query
    first["q"] = "spoilt"  # type: ignore[index]
    assert [said("q=5"), said("q=6"), said("q=5&x=1"), said("q=5")] == [
        {"q": 5},
        {"q": 6},
        {"q": 5, "x": "1"},
        {"q": 5},
    ]


def test_lenient_spellings_of_brackets_are_understood() -> None:
    deep = query({"type": "object"}, style="deepObject")
    assert read("q[a]=1&q%5Bb%5D[]=x&q[b][]=y", b"", "", deep).query == {
        "q": {"a": "1", "b": ["x", "y"]}
    }
    form = "application/x-www-form-urlencoded"
    assert read("", b"l[]=1&l[]=2", form).body == {"l": [1, 2]}
    assert read("", b"l=1", form).body == {"l": [1]}


@pytest.mark.parametrize(
    ("body", "kind", "status", "word"),
    [
        (b"{", "application/json", 400, "not JSON"),
        (b"\xff", "application/json", 400, "not JSON"),
        (b"[" * 5000, "application/json; charset=utf-8", 400, "not JSON"),
        (b"<a/>", "application/xml", 415, "application/xml is not taken here"),
        (b"{}", "text/plain", 415, "text/plain"),
        (b"a", "multipart/form-data", 400, "no boundary"),
        (b"a", "multipart/form-data; boundary=x", 400, "does not end"),
        (b"--x\r\n\r\na\r\n--x--", "multipart/form-data; boundary=x", 400, "no name"),
        (b"--x\r\n" * 5000 + b"--x--", "multipart/form-data; boundary=x", 400, "1000 parts"),
        (b"a=\xff", "application/x-www-form-urlencoded", 400, "UTF-8"),
        (b"a&" * 20_000, "application/x-www-form-urlencoded", 400, "more than"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_with_its_status(
    body: bytes, kind: str, status: int, word: str
) -> None:
    with pytest.raises(DecodeError, match=word) as caught:
        read("", body, kind)
    assert (caught.value.part, caught.value.status) == ("body", status)


def test_a_parameter_of_json_that_does_not_parse_is_refused() -> None:
    described = {"name": "q", "in": "query", "content": {"application/json": {"schema": {}}}}
    with pytest.raises(DecodeError, match="'q' is not JSON") as caught:
        read("q={", b"", "", described)
    assert (caught.value.part, caught.value.status) == ("query", 400)


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/things", 405), ("POST", "/other", 404)]
)
def test_another_operations_request_is_refused(method: str, path: str, status: int) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(operation(), method, path, "", (), b"")
    assert caught.value.status == status


def test_an_empty_body_is_no_body() -> None:
    assert read("", b"", "application/json").has_body is False


def test_a_body_without_a_type_is_taken_for_the_first_documented() -> None:
    assert read("", b'{"a":1}').body == {"a": 1}


def test_a_body_that_nobody_described_is_read_where_it_can_be() -> None:
    subject = operation()
    kind = (("Content-Type", "image/png"),)
    given = decode(subject, "POST", "/things", "", kind, b"\x89PNG")
    assert (given.raw_body, given.has_body) == (b"\x89PNG", False)


@pytest.mark.parametrize(
    "sent",
    [
        "q" + "[a]" * 5000 + "=1",
        "&".join(f"q[{i}]=1" for i in range(5000)),
        "q[a]=1&q[a][b]=2&q=3&q[]=4&q[a][]=5",
        "q[=1&q]=2&[]=3&=4&==&&&",
        "%=1&%zz=%zz&q=%ff",
    ],
)
def test_hostile_queries_are_read_without_a_crash(sent: str) -> None:
    deep = query(
        {"type": "object", "additionalProperties": {"type": "integer"}}, style="deepObject"
    )
    assert isinstance(read(sent, b"", "", deep).query, dict)


BIG = -75_770_244_440_658_460_672


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data"])
def test_a_number_keeps_every_digit_whatever_its_size(kind: str) -> None:
    plain = b'{"q": %d, "n": [1234567890123456789]}' % BIG
    part = b'--x\r\nContent-Disposition: form-data; name="q"\r\n'
    part += b"Content-Type: application/json\r\n\r\n%d\r\n--x--\r\n" % BIG
    body = plain if kind == "application/json" else part
    found = read(body=body, kind=f"{kind}; boundary=x").body["q"]
    assert (found, type(found)) == (BIG, int)


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(DecodeError, match="not JSON"):
        read(body=b"[" + b"9" * 5000 + b"]", kind="application/json")


FORM = "application/x-www-form-urlencoded"
OBJECTS = {"type": "array", "items": {"type": "object"}}


@pytest.mark.parametrize(
    ("schema", "sent", "value"),
    [
        ({"type": "array", "items": {}}, b'q={"a":1}', [{"a": 1}]),
        (OBJECTS, b'q={"a":1}&q={"b":2}', [{"a": 1}, {"b": 2}]),
        (OBJECTS, b'q=[{"a":1}]', [{"a": 1}]),
        (OBJECTS, b"q={broken", ["{broken"]),
        ({"type": "array", "items": {"type": "string"}}, b'q={"a":1}', ['{"a":1}']),
        ({"type": "object"}, b'q={"a":1}', {"a": 1}),
    ],
)
def test_a_list_in_a_form_may_have_a_single_member(
    schema: dict, sent: bytes, value: object
) -> None:
    subject = operation(content={FORM: {"schema": {"properties": {"q": schema}}}})
    form = (("content-type", FORM),)
    assert decode(subject, "POST", "/things", "", form, sent).body == {"q": value}


@pytest.mark.parametrize(("kind", "there"), [(FORM, True), ("", False), ("text/plain", False)])
def test_a_form_without_fields_is_a_form_all_the_same(kind: str, there: bool) -> None:
    assert read(kind=kind).has_body is there


def test_a_part_may_have_a_name_that_ends_in_a_backslash() -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="a\\"\r\n\r\n1\r\n--x--\r\n'
    assert read(body=part, kind="multipart/form-data; boundary=x").body == {"a\\": "1"}


def test_a_request_without_a_body_that_is_asked_again_is_read_as_before_and_no_other_is() -> None:
    reading = Decoder.of(operation(parameters=(query({"type": "integer"}),)))
    first, typed = ("Content-Type", "text/plain"), ("Content-Type", "text/html")
    asked = [({}, "q=5", ()), ({}, "q=6", ()), ({}, "q=5", (first,)), ({}, "q=5", (typed,))]
    for _ in range(2):
        drafts = [reading.read(*one, b"") for one in asked]
        assert [({"q": d.query["q"]}, d.media_type) for d in drafts] == [
            ({"q": 5}, ""),
            ({"q": 6}, ""),
            ({"q": 5}, "text/plain"),
            ({"q": 5}, "text/html"),
        ]
    assert reading.read(*asked[0], b"") is reading.read(*asked[0], b"")


@pytest.mark.parametrize("place", ["header", "cookie"])
def test_a_request_whose_headers_say_something_is_read_each_time(place: str) -> None:
    one = {"name": "k", "in": place, "schema": {"type": "integer"}}
    reading = Decoder.of(operation(parameters=(one,)))
    for value in (1, 2, 1):
        said = ("k", f"{value}") if place == "header" else ("Cookie", f"k={value}")
        draft = reading.read({}, "", (said,), b"")
        assert {"k": value} == (draft.headers if place == "header" else draft.cookies)

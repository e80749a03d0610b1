"""What is encoded is decoded to the same values, in every style and media type."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.encoding.specimens import operation
from verifier.encoding import decode, encode
from verifier.model import Draft, Operation

QUICK = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
WORD = st.text(
    st.characters(codec="ascii", min_codepoint=33, exclude_characters=",;=\x7f"), min_size=1
)
SCALARS = {
    "string": TEXT,
    "integer": st.integers(-(2**70), 2**70),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
}
MEMBERS = {"s": "string", "i": "integer", "n": "number", "b": "boolean"}
OBJECT = {"type": "object", "properties": {k: {"type": v} for k, v in MEMBERS.items()}}


def same(subject: Operation, draft: Draft) -> None:
    request = encode(subject, draft)
    assert request.operation == subject.key
    read = decode(
        subject, request.method, request.path, request.query, request.headers, request.body
    )
    for part in ("path", "query", "headers", "cookies", "body", "has_body", "raw_body"):
        assert getattr(draft, part) == getattr(read, part), part


def objects(scalars: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    optional = {name: scalars[kind] for name, kind in MEMBERS.items() if name != "i"}
    return st.fixed_dictionaries({"i": scalars["integer"]}, optional=optional)


def values(schema: dict[str, Any], text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    scalars = {**SCALARS, "string": text}
    if schema["type"] == "array":
        return st.lists(scalars[schema["items"]["type"]], min_size=1, max_size=4)
    return objects(scalars) if schema["type"] == "object" else scalars[schema["type"]]


SCHEMAS = [
    *({"type": kind} for kind in SCALARS),
    *({"type": "array", "items": {"type": kind}} for kind in SCALARS),
    OBJECT,
]
STYLES = [
    *(
        ("path", style, explode)
        for style in ("simple", "label", "matrix")
        for explode in (True, False)
    ),
    *(("query", "form", explode) for explode in (True, False)),
    ("query", "spaceDelimited", False),
    ("query", "pipeDelimited", False),
    ("query", "deepObject", True),
    ("header", "simple", True),
    ("header", "simple", False),
    ("cookie", "form", False),
]
FIELD = {"path": "path", "query": "query", "header": "headers", "cookie": "cookies"}


def expressible(style: str, explode: bool, schema: dict[str, Any]) -> bool:
    delimited = style in ("spaceDelimited", "pipeDelimited")
    return not (delimited and schema["type"] != "array")


@pytest.mark.parametrize(("location", "style", "explode"), STYLES)
@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda s: "-".join(str(v)[:24] for v in s.values()))
def test_parameters_come_back(
    location: str, style: str, explode: bool, schema: dict[str, Any]
) -> None:
    if not expressible(style, explode, schema):
        pytest.skip("the style is for arrays")
    described = {
        "name": "p",
        "in": location,
        "required": True,
        "style": style,
        "explode": explode,
        "schema": schema,
    }
    path = "/things/{p}" if location == "path" else "/things"
    subject = operation(path=path, parameters=(described,))
    # These three join members unencoded, with text that may hold the delimiter: not invertible.
    text = WORD if location == "header" else TEXT
    if style == "label" and explode:
        text = st.text(
            st.characters(codec="ascii", min_codepoint=33, exclude_characters=".="), min_size=1
        )
    if style in ("spaceDelimited", "pipeDelimited"):
        text = st.text("abcä&=+%", min_size=1)

    @QUICK
    @given(values(schema, text))
    def holds(value: Any) -> None:
        same(subject, Draft(**{FIELD[location]: {"p": value}}))

    if style == "label" and explode and "number" in str(schema):
        pytest.skip("a number's point is the delimiter")
    holds()


@QUICK
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**63), 2**63) | TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
        max_leaves=8,
    )
)
def test_parameters_and_bodies_of_json_come_back(value: Any) -> None:
    described = ({"name": "p", "in": "query", "content": {"application/json": {"schema": {}}}},)
    subject = operation(parameters=described, content={"application/vnd.x+json": {"schema": {}}})
    same(subject, Draft(query={"p": value}, body=value, has_body=True))


NESTED = {
    **OBJECT,
    "properties": {
        **OBJECT["properties"],  # type: ignore[dict-item]
        "list": {"type": "array", "items": {"type": "integer"}},
        "rows": {"type": "array", "items": OBJECT},
        "inner": OBJECT,
    },
}
# JSON numbers beyond 64 bits are read as floats.
WITHIN = {**SCALARS, "integer": st.integers(-(2**63), 2**63)}
NESTED_VALUES = st.fixed_dictionaries(
    {"i": SCALARS["integer"]},
    optional={
        "s": TEXT,
        "list": st.lists(st.integers(-(2**63), 2**63), min_size=1, max_size=3),
        "rows": st.lists(objects(WITHIN), min_size=1, max_size=2),
        "inner": objects(WITHIN),
    },
)


@pytest.mark.parametrize(
    "encoding",
    [
        {},
        {name: {"style": "deepObject", "explode": True} for name in ("list", "rows", "inner")},
        {name: {"contentType": "application/json"} for name in ("list", "rows", "inner")},
        {"list": {"style": "form", "explode": False}},
    ],
    ids=["default", "deepObject", "json", "joined"],
)
def test_forms_come_back(encoding: dict[str, Any]) -> None:
    media = {"schema": NESTED, "encoding": encoding}
    subject = operation(content={"application/x-www-form-urlencoded": media})

    @QUICK
    @given(NESTED_VALUES)
    def holds(value: Any) -> None:
        same(subject, Draft(body=value, has_body=True))

    holds()


@QUICK
@given(NESTED_VALUES, st.text('ab\r\n-"', max_size=12))
def test_multipart_forms_come_back(value: Any, file: str) -> None:
    schema = {
        **NESTED,
        "properties": {**NESTED["properties"], "file": {"type": "string", "format": "binary"}},
    }  # type: ignore[dict-item]
    subject = operation(content={"multipart/form-data": {"schema": schema}})
    same(subject, Draft(body={**value, "file": file}, has_body=True))


@pytest.mark.parametrize(
    ("media", "value"),
    [
        ("text/plain", "hello ünd"),
        ("application/octet-stream", "bytes"),
        ("application/x-ndjson", [{"a": 1}, None, "x"]),
        ("*/*", {"a": 1}),
    ],
)
def test_other_bodies_come_back(media: str, value: Any) -> None:
    same(operation(content={media: {"schema": {}}}), Draft(body=value, has_body=True))


def test_several_parameters_in_one_query_do_not_take_each_others_values() -> None:
    described = (
        {"name": "filter", "in": "query", "style": "deepObject", "schema": OBJECT},
        {"name": "spread", "in": "query", "schema": OBJECT},
        {"name": "tags", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
        {"name": "s", "in": "query", "schema": {"type": "string"}},
    )
    query = {"filter": {"i": 1, "s": "x"}, "spread": {"i": 2}, "tags": ["1", "2"], "s": "own"}
    same(operation(parameters=described), Draft(query=query))


def test_a_whole_query_string_comes_back() -> None:
    for media, value in (
        ("application/x-www-form-urlencoded", {"i": 1, "s": "a b"}),
        ("application/json", {"x": [1, {"y": None}]}),
    ):
        described = {"name": "q", "in": "querystring", "content": {media: {"schema": OBJECT}}}
        same(operation(parameters=(described,), version="3.2.0"), Draft(query={"q": value}))

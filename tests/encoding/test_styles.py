"""Parameters in every style, as the table of the specification has them (3.1.1, 4.8.12.4)."""

import pytest

from verifier.encoding import EncodeError, serialise
from verifier.model import Parameter, Pointer

ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}


def parameter(location: str, style: str, explode: bool, **more: object) -> Parameter:
    return Parameter(
        name="color",
        location=location,
        required=False,
        schema=None,
        at=Pointer(),
        style=style,
        explode=explode,
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("location", "style", "explode", "text", "array", "members"),
    [
        (
            "path",
            "matrix",
            False,
            ";color=blue",
            ";color=blue,black,brown",
            ";color=R,100,G,200,B,150",
        ),
        (
            "path",
            "matrix",
            True,
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";R=100;G=200;B=150",
        ),
        ("path", "label", False, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
        ("path", "label", True, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
        ("path", "simple", False, "blue", "blue,black,brown", "R,100,G,200,B,150"),
        ("path", "simple", True, "blue", "blue,black,brown", "R=100,G=200,B=150"),
        ("header", "simple", False, "blue", "blue,black,brown", "R,100,G,200,B,150"),
        ("header", "simple", True, "blue", "blue,black,brown", "R=100,G=200,B=150"),
        ("query", "form", False, "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
        (
            "query",
            "form",
            True,
            "color=blue",
            "color=blue&color=black&color=brown",
            "R=100&G=200&B=150",
        ),
        (
            "cookie",
            "form",
            False,
            "color=blue",
            "color=blue,black,brown",
            "color=R,100,G,200,B,150",
        ),
        ("query", "spaceDelimited", False, "color=blue", "color=blue%20black%20brown", None),
        ("query", "pipeDelimited", False, "color=blue", "color=blue%7Cblack%7Cbrown", None),
        (
            "query",
            "deepObject",
            True,
            "color=blue",
            "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
    ],
)
def test_every_style_writes_what_the_specification_shows(
    location: str, style: str, explode: bool, text: str, array: str, members: str | None
) -> None:
    given = parameter(location, style, explode)
    assert text == serialise(given, "blue")
    assert array == serialise(given, ARRAY)
    if members is not None:
        assert members == serialise(given, OBJECT)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "color=true"),
        (None, "color=null"),
        (1.5, "color=1.5"),
        ("a b&c=d/é", "color=a%20b%26c%3Dd%2F%C3%A9"),
        ("", "color="),
        (10**30, f"color={10**30}"),
    ],
)
def test_single_values_are_written_as_json_writes_them(value: object, expected: str) -> None:
    assert expected == serialise(parameter("query", "form", True), value)


def test_reserved_characters_stay_where_the_document_allows_it() -> None:
    given = parameter("query", "form", True, allow_reserved=True)
    assert serialise(given, "a/b?c:d@e,f") == "color=a/b?c:d@e,f"
    assert serialise(given, "a&b=c#d+e%") == "color=a%26b%3Dc%23d%2Be%25"


def test_parameters_with_content_carry_json() -> None:
    query = parameter("query", "form", True, content="application/json")
    assert serialise(query, {"a": [1]}) == "color=%7B%22a%22%3A%5B1%5D%7D"
    header = parameter("header", "simple", False, content="application/json")
    assert serialise(header, {"a": 1}) == '{"a":1}'


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\x00b", "日本", "\x7f"])
def test_a_header_never_carries_what_would_break_it(value: str) -> None:
    with pytest.raises(EncodeError, match="header 'color'"):
        serialise(parameter("header", "simple", False), value)


def test_deep_objects_nest_as_vendors_read_them() -> None:
    given = parameter("query", "deepObject", True)
    value = {"a": {"b": [{"c": 1}, {"c": 2}]}}
    written = serialise(given, value).replace("%5B", "[").replace("%5D", "]")
    assert written == "color[a][b][0][c]=1&color[a][b][1][c]=2"

"""YAML by 1.2's core schema, the fast way and the careful way alike."""

import json
import math
import random

import pytest

from tests.loading.documents import SMALL, no_cache, write
from tests.places import CORPUS, needs_corpus
from verifier.errors import DocumentError
from verifier.loading import load
from verifier.loading.sheet import read_sheet
from verifier.loading.yaml_events import yaml_data
from verifier.loading.yaml_text import quick

__all__ = ["no_cache"]

TEXTS = [
    "no",
    "yes",
    "on",
    "off",
    "y",
    "n",
    "No",
    "NO",
    "08",
    "017",
    "00",
    "-08",
    "2024-01-02",
    "2024-01-02T03:04:05Z",
    "12:30:45",
    "1_000",
    "0b1",
    "0b101",
    "-0x1F",
    "+0o7",
    "0x",
    "0o",
    "0o8",
    "0X1F",
    "1e",
    "1e+",
    ".e1",
    ".",
    "1..2",
    "++1",
    "1.2.3",
    "tRue",
    "nULL",
    ".iNF",
    "=",
    "<=",
    "1e1000",
    "-1e1000",
    "a<<b",
]
VALUES = {
    "0": 0,
    "-0": 0,
    "+12": 12,
    "-7": -7,
    "0x1F": 31,
    "0o17": 15,
    "123456789012345678901234567890": 123456789012345678901234567890,
    "9223372036854775808": 9223372036854775808,
    "1.": 1.0,
    ".5": 0.5,
    "-.5": -0.5,
    "+.5": 0.5,
    "1e3": 1000.0,
    "1.5E-3": 0.0015,
    "0.16001e0": 0.16001,
    "007.5": 7.5,
    ".inf": math.inf,
    "-.INF": -math.inf,
    "true": True,
    "FALSE": False,
    "~": None,
    "Null": None,
    "": None,
}


def both(text: str) -> list:
    """What the careful way reads, and the fast one where it dares."""
    raw = text.encode()
    fast = quick(raw)
    careful = yaml_data(raw, "x")[0]
    assert read_sheet(raw, "x").root == careful
    return [careful] if fast is None else [careful, fast.value]


@pytest.mark.parametrize("text", TEXTS)
def test_text_stays_text(text):
    for read in both(f"a: {text}\nb: [{text}]\n"):
        assert read == {"a": text, "b": [text]}


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_numbers_and_words_are_what_they_mean(text, value):
    for read in both(f"a: {text}\nb:\n- {text}\n"):
        assert read == {"a": value, "b": [value]}
        assert type(read["a"]) is type(value)


def test_no_number_is_no_number():
    text = b"a: .nan\n"
    fast = quick(text)
    assert fast is not None
    assert math.isnan(fast.value["a"])
    assert math.isnan(yaml_data(text, "x")[0]["a"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("200: a\n404: b\n", {"200": "a", "404": "b"}),
        ("0x1F: a\n", {"31": "a"}),
        ("1.10: a\n", {"1.10": "a"}),
        ("true: a\nno: b\n~: c\nNULL: d\n", {"true": "a", "no": "b", "~": "c", "NULL": "d"}),
        ("a: !!str 1\nb: !!int '3'\nc: !!float 1\n", {"a": "1", "b": 3, "c": 1}),
        ("a: !mine 2\nb: !mine '2'\nc: !mine {d: 1}\n", {"a": 2, "b": "2", "c": {"d": 1}}),
        ("a: '1'\nb: \"no\"\nc: |\n  1\nd: >-\n  2\n", {"a": "1", "b": "no", "c": "1\n", "d": "2"}),
        (
            "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n",
            {"a": {"b": 1, "c": 2}, "d": {"b": 1, "c": 3}},
        ),
        ("a:\n  c: 3\n  <<: {b: 1, c: 2}\n", {"a": {"b": 1, "c": 3}}),
        (
            "x: &x {a: 1}\ny: &y {a: 2, b: 2}\nz: {<<: [*x, *y]}\nw: {<<: [{c: 1}, *y]}\n",
            {
                "x": {"a": 1},
                "y": {"a": 2, "b": 2},
                "z": {"a": 1, "b": 2},
                "w": {"a": 2, "b": 2, "c": 1},
            },
        ),
        ('a: {"<<": {b: 1}}\n', {"a": {"<<": {"b": 1}}}),
        ("a: &x 1\nb: *x\nc: [*x, *x]\n*x : d\n", {"a": 1, "b": 1, "c": [1, 1], "1": "d"}),
        ("a: &x 1\nb: &x 2\nc: *x\n", {"a": 1, "b": 2, "c": 2}),
        ("%YAML 1.1\n---\na: no\n...\n", {"a": "no"}),
        ('{\n\t"a": 1}', {"a": 1}),
        ("a: x & y\nb: 2 * 3\nc: '*z'\n", {"a": "x & y", "b": "2 * 3", "c": "*z"}),
        ("a: cat <<EOF\n", {"a": "cat <<EOF"}),
    ],
)
def test_awkward_texts_are_read_alike(text, value):
    for read in both(text):
        assert read == value


def test_keys_are_text_at_every_depth_and_keep_their_order():
    for read in both("a:\n- {2: {1: x, b: y}}\n"):
        assert read == {"a": [{"2": {"1": "x", "b": "y"}}]}
        assert list(read["a"][0]["2"]) == ["1", "b"]


@pytest.mark.parametrize("text", ["200: a\n'200': b\n", "a: 1\nb: 2\na: 3\n", "{a: 1, a: 1}\n"])
def test_a_key_that_stands_twice_is_never_missed(text):
    assert quick(text.encode()) is None
    assert yaml_data(text.encode(), "x")[1] is True
    assert len(read_sheet(text.encode(), "x").duplicates) == 1


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("a.yaml", SMALL.replace("        id: {", "        total: 1\n        id: {"), (20, 22)),
        ("a.json", '{"openapi": "3.0.3",\n"paths": {},\n"info": {},\n"paths":\n{}}', (2, 4)),
        ("b.json", '{"openapi": "3.0.3", "\\u0061": 1,\n"a": 2}', (1, 2)),
    ],
)
def test_a_document_with_one_is_read_all_the_same_and_both_lines_are_told(
    tmp_path, name, text, lines
):
    path = write(tmp_path, text, name)
    (problem,) = load(path).problems
    assert f"lines {lines[0]} and {lines[1]}" in problem.says
    assert problem.mend
    with pytest.raises(DocumentError, match=f"on line {lines[0]} and {lines[1]}"):
        read_sheet(path.read_bytes(), name, strict=True)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "\\"x\\\\", "b": "\\\\\\"", "c\\"": 1}',
        '{"a": {"a": {"a": 1}}, "b": [{"a": 1}, {"a": 2}]}',
        '{"a": "", "": "", "b": "\\u0022"}',
        '{"long": 123456789012345678901234567890}',
    ],
)
def test_no_key_is_taken_for_twice_that_is_not(text):
    assert read_sheet(text.encode(), "x.json").duplicates == ()


def test_integers_of_json_stay_whole():
    whole = {"a": 123456789012345678901234567890, "b": 1.5}
    for indent in (None, 2):  # as it comes, and laid out as a machine does it
        raw = json.dumps(whole, indent=indent).encode()
        assert read_sheet(raw, "x.json").root == whole


@needs_corpus
@pytest.mark.corpus
def test_both_ways_read_the_corpus_alike():
    compared = 0
    for path in sorted(CORPUS.rglob("*.y*ml"))[::9] + sorted(CORPUS.glob("*/*.yaml")):
        if path.stat().st_size > 2_000_000:
            continue
        raw = path.read_bytes()
        found = quick(raw)
        if found is not None:
            assert found.value == yaml_data(raw, str(path))[0], path
            compared += 1
    assert compared > 200


PIECES = [
    ": ",
    "- ",
    "\n",
    "  ",
    '"',
    "'",
    "&a ",
    "*a",
    "<<: ",
    "!!str ",
    "!x ",
    "!!int ",
    "!<tag:a> ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "#",
    " #",
    "|\n",
    "> ",
    "? ",
    "0x1F",
    "0b1",
    "08",
    "1.5",
    "~",
    "null",
    "true",
    "200",
    ".inf",
    "---\n",
    "...\n",
    "\t",
    "\r\n",
    "\x85",
    "\u2028",
    "\\",
    "\ufeff",
    "\x00",
    "=",
    "1e5",
    "-",
    "@",
    "é",
    "\\x41",
    "a: b",
    "word",
]


@pytest.mark.parametrize("seed", range(4))
def test_where_the_fast_way_answers_the_careful_one_agrees(seed):
    rng = random.Random(seed)
    answered = 0
    for _ in range(4000):
        text = "".join(rng.choice(PIECES) for _ in range(rng.randrange(1, 20))).encode()
        fast = quick(text)
        if fast is not None:
            answered += 1
            # repr, because no number is unequal to itself.
            assert repr((fast.value, fast.repeats)) == repr(yaml_data(text, "x")), text
    assert answered > 500

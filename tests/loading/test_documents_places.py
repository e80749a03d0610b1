"""Every node knows its file, line and column."""

import codecs
import hashlib
import json
import random

import httpx
import orjson
import pytest

import verifier
from tests.loading.documents import SMALL, cpu_within, no_cache, write
from tests.places import CORPUS, needs_corpus
from verifier.loading import load
from verifier.loading.json_lines import JsonLines, laid_out
from verifier.loading.json_places import JsonPlaces
from verifier.loading.json_text import json_outline
from verifier.loading.opened import opened_of
from verifier.loading.sheet import read_sheet
from verifier.model import Pointer
from verifier.model.place import escape

__all__ = ["no_cache"]


def at(text, path, name="x.yaml"):
    """Line and column of a node."""
    place = read_sheet(text.encode(), name).place(path)
    return place.line, place.column


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("", (1, 1)),
        ("/info/title", (2, 8)),
        ("/paths/~1orders~1{id}", (4, 3)),
        ("/paths/~1orders~1{id}/get/parameters/0", (8, 11)),
        ("/paths/~1orders~1{id}/get/parameters/0/schema/type", (8, 57)),
        ("/paths/~1orders~1{id}/get/responses/200", (10, 9)),
        ("/components/schemas/Order/properties/total/type", (22, 11)),
        ("/components/schemas/Order/properties/none/type", (19, 7)),
        ("/nothing", (1, 1)),
    ],
)
def test_yaml_members_stand_where_their_names_do(path, place):
    assert at(SMALL, path) == place


@pytest.mark.parametrize("indent", [None, 1, "\t"])
def test_json_members_do_too(indent):
    value = {"a": [1, {"b~/": ["é", {"c": True}]}, [], {}], "😀": {"d": "x", "e": -1.5}}
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    lines = text.split("\n")
    for path, token in [
        ("/a", '"a"'),
        ("/a/0", "1"),
        ("/a/1/b~0~1", '"b~/"'),
        ("/a/1/b~0~1/0", '"é"'),
        ("/a/1/b~0~1/1/c", '"c"'),
        ("/a/2", "[]"),
        ("/a/3", "{}"),
        ("/😀", '"😀"'),
        ("/😀/e", '"e"'),
    ]:
        line, column = at(text, path, "x.json")
        assert lines[line - 1][column - 1 :].startswith(token), path


def test_escaped_names_and_odd_spacing_in_json_are_found():
    text = '{"a\\u0062"\n :\n 1, "c" : {"d":2}, "\\"": [ "x,]}" , 3]}'
    assert at(text, "/ab", "x.json") == (1, 2)
    assert at(text, "/c/d", "x.json") == (3, 12)
    assert at(text, '/"/1', "x.json") == (3, 37)


def test_an_alias_leads_to_what_it_repeats():
    text = "a: &x\n  b: 1\nc: *x\nd:\n  <<: *x\n  e: 1\nf:\n  <<: [{g: 1}, *x]\n"
    assert at(text, "/c") == (3, 1)
    assert at(text, "/c/b") == (2, 3)
    assert at(text, "/d/b") == (2, 3)
    assert at(text, "/f/g") == (8, 9)
    assert at(text, "/f/b") == (2, 3)


def test_of_two_equal_keys_the_one_that_is_read_is_found():
    assert at("a: 1\nb: 2\na: 3\n", "/a") == (3, 1)
    assert at('{"a": 1,\n"a": 2}', "/a", "x.json") == (2, 1)


def sample(root, count, seed=1):
    """Some JSON pointers of a document, with the last token and the value."""
    found, waiting = [], [("", root)]
    while waiting:
        path, node = waiting.pop()
        inner = node.items() if isinstance(node, dict) else enumerate(node)
        for token, value in inner:
            here = f"{path}/{escape(str(token))}"
            found.append((here, token, value))
            if isinstance(value, (dict, list)):
                waiting.append((here, value))
    return random.Random(seed).sample(found, min(count, len(found)))


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize(
    "name",
    [
        "asana/2023-01-24.yaml",
        "stripe/2021-12-23.yaml",
        "vonage/messages-2021-07-14.yaml",
        "jira/platform-2022-07-17.json",
        "selfhosted/prefect-3.8.8.json",
        "selfhosted/kinto-26.5.0.json",
    ],
)
def test_places_in_real_documents_hold_what_the_text_holds(name):
    raw = (CORPUS / name).read_bytes()
    sheet = read_sheet(raw, name)
    lines = raw.decode().split("\n")
    for path, token, value in sample(sheet.root, 400):
        place = sheet.place(path)
        rest = lines[place.line - 1][place.column - 1 :]
        if isinstance(token, str):
            plain = rest.lstrip("'\"")
            assert plain.startswith((token, json.dumps(token)[1:-1])), (path, rest[:80])
        elif isinstance(value, str) and value and sheet.format == "json":
            assert rest.startswith((json.dumps(value)[:5], f'"{value[:3]}')), path


@needs_corpus
@pytest.mark.corpus
def test_the_largest_document_is_searched_once_and_then_only_looked_up():
    document = load(CORPUS / "github" / "octokit-23.0.2.json").document
    with cpu_within(4):
        assert document.place(Pointer() / "paths").line > 1
    paths = [path for path, _, _ in sample(document.root, 100)]
    with cpu_within(2):
        assert all(document.place(Pointer("", path)).line > 1 for path in paths)


def test_one_line_of_many_megabytes_is_searched_as_fast():
    value = {"openapi": "3.0.3", "x": [{"a": index, "b": "text"} for index in range(200_000)]}
    sheet = read_sheet(orjson.dumps(value), "x.json")
    with cpu_within(4):
        assert sheet.place("/x/199999/b").column > 4_000_000


def test_a_place_reads_as_an_editor_wants_it(tmp_path):
    contract = load(write(tmp_path))
    assert str(contract.document.place(contract.operations[0].at)).endswith("openapi.yaml:5")


@needs_corpus
@pytest.mark.corpus
def test_places_in_json_are_those_of_the_slow_outline():
    path = CORPUS / "discord" / "2026-07-18.json"
    raw = path.read_bytes()
    quick, slow = JsonPlaces(raw), json_outline(raw)
    root = orjson.loads(raw)
    waiting, pointers = [("", root)], []
    while waiting:
        at, node = waiting.pop()
        pointers.append(at)
        inner = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in inner if isinstance(node, (dict, list)) else ():
            pointer = f"{at}/{escape(str(key))}"
            waiting.append((pointer, value)) if isinstance(value, (dict, list)) else None
    random.Random(3).shuffle(pointers)
    counted = JsonLines(root)
    assert laid_out(raw, root) is not None
    for pointer in pointers[:3000]:
        assert quick.find(pointer) == slow.find(pointer) == counted.find(pointer), pointer


@pytest.mark.parametrize(
    "text",
    [
        b'{"a": [1, {"b": "\\u00e9\\"}]"}], "\\u0063": {}}',
        '{\n "ä": "ö",\n "a": [ [], {} , {"b" :-1.5e400}],\n"c":null}'.encode(),
        b'  {"a":[' + b"9" * 5000 + b',{"b":true}]}',
        b"[]",
        b'{"a": [[["x"]]], "": {"": 1}}',
    ],
)
@pytest.mark.parametrize(
    "pointer", ["", "/a", "/a/1/b", "/a/2/b", "/c", "/ä", "/a/9", "/a/0/0", "/nowhere/x", "//"]
)
def test_a_place_is_found_without_reading_further_than_it_stands(text, pointer):
    assert JsonPlaces(text).find(pointer) == json_outline(text).find(pointer)


LAID_OUT = {"a": [1, {"b": 'é\n"'}, [], {}, [[]]], "": {"": None}, "x/y": {"c": [2.5, "}"]}}


@pytest.mark.parametrize("pointer", ["", "/a", "/a/1/b", "/a/4/0", "/", "//", "/x~1y/c/1", "/a/9"])
@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_a_text_as_machines_lay_it_out_need_not_be_read_for_places(pointer, end):
    text = orjson.dumps(LAID_OUT, option=orjson.OPT_INDENT_2) + end
    assert laid_out(text, LAID_OUT) == end
    assert JsonLines(LAID_OUT).find(pointer) == json_outline(text).find(pointer)


@pytest.mark.parametrize(
    "text",
    [
        b'{"a": 1}',
        b'{\n  "a": 1, "b": 2\n}',
        b'{\n  "a": 1,\n  "a": 1\n}',
        b'{\n  "a": 100000000000000000000\n}',
        b'{\n  "a": "\\u0041"\n}',
        b'{\n  "a": 1\n} ;',
        b'{\n  "a": 1\n}\n\n\n',
    ],
)
def test_a_text_that_is_laid_out_in_any_other_way_is_read(text):
    assert laid_out(text, json.loads(text.rstrip(b" ;"))) is None


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("indent", [None, 2, 4])
def test_the_author_s_bytes_can_be_had_whether_they_are_kept_or_made_again(indent, mark, end):
    raw = mark + json.dumps(LAID_OUT, indent=indent, ensure_ascii=False).encode() + end
    sheet = read_sheet(raw, "x.json")
    assert (sheet.raw, sheet.text) == (raw, raw.removeprefix(mark))
    assert (sheet.digest, sheet.size_bytes) == (hashlib.sha256(raw).hexdigest(), len(raw))


@pytest.mark.corpus
@needs_corpus
def test_nobody_changes_what_a_large_document_holds():
    document = CORPUS / "github" / "octokit-23.0.2.json"
    contract = load(document)
    opened = opened_of(contract.document)
    assert opened is not None
    assert opened.files.entry.plain is not None
    assert contract.problems is not None
    with verifier.mock(contract) as mock:
        assert httpx.get(f"{mock.url}/user", headers=mock.headers()).status_code == 200
    assert opened.files.entry.raw == document.read_bytes()

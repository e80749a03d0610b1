"""A document is found, recognised, and read; what is none gets one clear message."""

import json
import os
from pathlib import Path

import pytest

from tests.loading.documents import SMALL, no_cache, write
from verifier.errors import DocumentError
from verifier.loading import from_mapping, load

__all__ = ["no_cache"]


def test_a_sound_document_has_no_problems(tmp_path):
    contract = load(write(tmp_path))
    assert contract.problems == ()
    assert [operation.key for operation in contract.operations] == ["GET /orders/{id}"]
    assert contract.title == "Orders"


def test_json_and_yaml_say_the_same(tmp_path):
    yaml = load(write(tmp_path))
    text = json.dumps(yaml.document.root)
    other = load(write(tmp_path, text, "other.json"))
    assert other.document.root == yaml.document.root
    assert (yaml.document.source.format, other.document.source.format) == ("yaml", "json")


@pytest.mark.parametrize(
    ("line", "dialect", "declared", "problems"),
    [
        ("openapi: 3.0.3", "3.0", "3.0.3", 0),
        ("openapi: 3.1.0", "3.1", "3.1.0", 0),
        ("openapi: 3.2.0", "3.2", "3.2.0", 0),
        ("openapi: '3.1'", "3.1", "3.1", 0),
        ("openapi: 3.1", "3.1", "3.1", 1),
        ("openapi: 3.4.0", "3.2", "3.4.0", 1),
        ("swagger: '2.0'", "2.0", "2.0", 0),
        ("swagger: 2.0", "2.0", "2.0", 1),
    ],
)
def test_every_version_is_recognised(tmp_path, line, dialect, declared, problems):
    text = f"{line}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n"
    contract = load(write(tmp_path, text))
    assert contract.document.dialect == dialect
    assert contract.openapi == declared
    assert len(contract.problems) == problems


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("asyncapi: 3.0.0", "AsyncAPI"),
        ("arazzo: 1.0.0", "Arazzo"),
        ("overlay: 1.0.0", "Overlay"),
        ("$schema: https://json-schema.org/draft/2020-12/schema", "JSON Schema"),
        ("info: {_postman_id: x}\nitem: []", "Postman"),
        ('{"log": {"entries": []}}', "HAR"),
        ('{"data": {"__schema": {}}}', "GraphQL"),
        ("apiVersion: v1\nkind: Pod", "Kubernetes"),
        ("swaggerVersion: '1.2'", "Swagger 1"),
        ("paths: {}", "without its first line"),
        ('{"message": "Not Found"}', "error message"),
        ("some: thing", "neither an 'openapi' nor a 'swagger'"),
        ("openapi: 4.0.0", "OpenAPI 4.0.0"),
        ("openapi: [3]", "no version"),
        ("swagger: '1.2'", "Swagger 1.2"),
        ("- a\n- b", "a list"),
        ("just words", "a single value"),
        ("", "empty"),
        ("# only a comment\n", "a single value"),
        (" \n\n", "empty"),
        ("<!DOCTYPE html><html>", "web page"),
        ("\n<html lang='en'>", "web page"),
        ("<?xml version='1.0'?><definitions/>", "XML"),
        (b"PK\x03\x04...", "zip"),
        (b"\x1f\x8b\x08\x00\xff\xfe", "gzip"),
        (b"%PDF-1.7 \xff\xfe", "PDF"),
        (bytes(range(250, 120, -1)) * 100, "no utf-8 text"),
    ],
)
def test_what_is_no_document_is_named(tmp_path, text, says):
    path = write(tmp_path, text, "thing.txt")
    with pytest.raises(DocumentError) as caught:
        load(path)
    assert says in caught.value.says
    assert str(path) in caught.value.where
    assert caught.value.mend


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("a.json", '{"openapi": "3.0.3",\n "info": {"title": "x"', ":2:"),
        ("b.json", '{"openapi": "3.0.3",\n "paths": {,}}', ":2:12"),
        ("c.json", '{"openapi": NaN}', ":1:13"),
        ("d.yaml", "openapi: 3.0.3\ninfo:\n\ttitle: x\n", ":3:1"),
        ("e.yaml", "openapi: 3.0.3\ninfo: a: b\n", ":2:8"),
        ("f.yaml", "openapi: 3.0.3\ninfo: @b\n", ":2:7"),
        ("g.yaml", "openapi: 3.0.3\n---\nopenapi: 3.0.3\n", ":2:1"),
        ("h.yaml", "openapi: 3.0.3\ninfo: *none\n", ":2:7"),
        ("i.yaml", "openapi: 3.0.3\n? [a, b]\n: c\n", ":2:3"),
        ("j.yaml", "openapi: 3.0.3\ninfo: 'a\x07'\n", ":2"),
        ("k.yaml", "openapi: &a [1, *a]\n", ":1:17"),
        ("l.yaml", "openapi: 3.0.3\ninfo:\n  <<: 3\n  a: 1\n", ":5"),
    ],
)
def test_a_broken_text_is_placed(tmp_path, name, text, where):
    with pytest.raises(DocumentError) as caught:
        load(write(tmp_path, text, name))
    assert where in caught.value.where
    assert caught.value.mend


def test_a_truncated_text_says_that_it_is_cut_off(tmp_path):
    whole = json.dumps({"openapi": "3.0.3", "info": {"title": "T"}, "paths": {}})
    with pytest.raises(DocumentError, match="cut off"):
        load(write(tmp_path, whole[:-10], "cut.json"))


def test_a_tab_is_explained(tmp_path):
    with pytest.raises(DocumentError, match="Indent with spaces"):
        load(write(tmp_path, "openapi: 3.0.3\ninfo:\n\ttitle: x\n"))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]
)
def test_encodings_are_recognised_by_mark_or_by_zeros(tmp_path, encoding):
    text = SMALL.replace("The order.", "Die Größe 😀")
    contract = load(write(tmp_path, text.encode(encoding)))
    assert contract.operations[0].responses[0].description == "Die Größe 😀"
    assert contract.document.place(contract.operations[0].at).line == 5


def test_a_missing_file_is_named_with_the_nearest(tmp_path):
    write(tmp_path)
    with pytest.raises(DocumentError, match=r"Did you mean .*openapi\.yaml") as caught:
        load(tmp_path / "openapi.yml")
    assert caught.value.exit_code == 2
    with pytest.raises(DocumentError, match="no such file"):
        load(tmp_path / "a" / "b" / "c")


def test_no_path_at_all_is_refused(tmp_path):
    for where in ("\0", "x" * 5000):
        with pytest.raises(DocumentError):
            load(where)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentError, match="no ordinary file"):
        load(tmp_path / "pipe")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_explained(tmp_path):
    path = write(tmp_path)
    path.chmod(0)
    with pytest.raises(DocumentError, match="chmod"):
        load(path)


@pytest.mark.parametrize(
    "names",
    [
        ("openapi.yaml", "package.json", "other.yaml"),
        ("swagger.json", "a.yaml"),
        ("acme.openapi.yml", "b.json"),
        ("anything.yaml", "package.json"),
    ],
)
def test_the_document_of_a_folder_is_found(tmp_path, names):
    write(tmp_path, SMALL, names[0])
    for other in names[1:]:
        write(tmp_path, '{"name": "x"}', other)
    assert load(tmp_path).document.source.location == str(tmp_path / names[0])


def test_a_folder_with_several_documents_names_them(tmp_path):
    write(tmp_path, SMALL, "one.yaml")
    write(tmp_path, SMALL, "two.yaml")
    with pytest.raises(DocumentError, match=r"one\.yaml, two\.yaml"):
        load(tmp_path)


def test_a_folder_without_a_document_says_so(tmp_path):
    write(tmp_path, "a: 1", "other.yaml")
    with pytest.raises(DocumentError, match="no OpenAPI document"):
        load(tmp_path)


def test_one_bad_operation_does_not_lose_the_others(tmp_path):
    text = SMALL.replace("components:", "  /bad:\n    get: 7\n  /worse: nothing\ncomponents:")
    contract = load(write(tmp_path, text))
    assert [o.key for o in contract.operations] == ["GET /orders/{id}"]
    assert len(contract.problems) == 2
    assert {contract.document.place(p.at).line for p in contract.problems} == {16, 17}
    assert all(problem.mend for problem in contract.problems)


def test_a_mapping_of_a_program_is_a_document_too():
    contract = from_mapping({"openapi": "3.0.3", "info": {}, "paths": {"/a": {"get": {}}}})
    assert [operation.key for operation in contract.operations] == ["GET /a"]


def test_a_relative_path_stays_as_it_was_given(tmp_path, monkeypatch):
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    contract = load("openapi.yaml")
    assert str(contract.document.place(contract.operations[0].at)) == "openapi.yaml:5"
    assert load(Path()).title == "Orders"

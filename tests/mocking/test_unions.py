"""A thing of several forms keeps the one in which it was made."""

import pytest

from tests.mocking.asking import Asker
from verifier.loading import from_mapping

TEXT = {"type": "string"}


def form(kind, **members):
    named = {"id": {**TEXT, "readOnly": True}, "type": {"type": "string", "enum": [kind]}}
    properties = {**named, **dict.fromkeys(members, TEXT)}
    need = ["type", *members]
    shape = {"type": "object", "required": need, "properties": properties}
    return {**shape, "additionalProperties": False}


FORMS = [form("repository", address=1, branch=1), form("file", file_id=1)]
GIVEN = [
    {"type": "file", "file_id": "file-1"},
    {"type": "repository", "address": "here", "branch": "main"},
]


def vendor(keyword):
    content = {"application/json": {"schema": {keyword: FORMS}}}
    answers = {status: {"description": "Done.", "content": content} for status in ("200", "201")}
    create = {"requestBody": {"content": content}, "responses": {"201": answers["201"]}}
    read = {
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT}],
        "responses": {"200": answers["200"]},
    }
    paths = {"/parts": {"post": create}, "/parts/{id}": {"get": read}}
    document = {"openapi": "3.1.0", "info": {"title": "Parts", "version": "1"}, "paths": paths}
    return Asker(from_mapping(document))


@pytest.mark.parametrize("given", GIVEN, ids=lambda given: given["type"])
@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_what_was_made_in_one_form_is_read_in_it(keyword, given):
    asker = vendor(keyword)
    status, made, _ = asker.ask("POST", "/parts", given)
    assert status == 201
    _, read, _ = asker.ask("GET", f"/parts/{made['id']}")
    assert {name: read.get(name) for name in given} == given

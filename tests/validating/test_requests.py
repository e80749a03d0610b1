"""Drafts against their operation: valid ones pass, and each thing that is wrong has its place."""

import pytest

from verifier.loading import from_mapping
from verifier.model import Draft, Operation
from verifier.validating import judge_request


@pytest.fixture
def subject() -> Operation:
    document = {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {
            "/things/{id}": {
                "post": {
                    "parameters": [
                        {
                            "name": "id",
                            "in": "path",
                            "required": True,
                            "schema": {"type": "integer"},
                        },
                        {"name": "q", "in": "query", "schema": {"type": "array", "maxItems": 2}},
                        {
                            "name": "X-Key",
                            "in": "header",
                            "required": True,
                            "schema": {"minLength": 2},
                        },
                        {
                            "name": "Accept",
                            "in": "header",
                            "required": True,
                            "schema": {"enum": ["x"]},
                        },
                        {"name": "c", "in": "cookie", "schema": {"type": "boolean"}},
                    ],
                    "requestBody": {
                        "required": True,
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "required": ["id", "name"],
                                    "properties": {
                                        "id": {"type": "integer", "readOnly": True},
                                        "name": {"type": "string"},
                                    },
                                }
                            }
                        },
                    },
                    "responses": {},
                }
            }
        },
    }
    return from_mapping(document).operations[0]


def draft(**changed: object) -> Draft:
    given = {
        "path": {"id": 1},
        "headers": {"x-key": "ab"},
        "body": {"name": "n"},
        "has_body": True,
        "media_type": "application/json; charset=utf-8",
        **changed,
    }
    return Draft(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(("given", "wrong"), [("2", 0), ("x" * 3, 1)])
def test_the_very_same_draft_is_judged_the_same_again(given: str, wrong: int) -> None:
    operation = from_mapping(
        {
            "openapi": "3.0.3",
            "info": {"title": "t", "version": "1"},
            "paths": {
                "/things": {
                    "get": {
                        "parameters": [{"name": "q", "in": "query", "schema": {"maxLength": 2}}],
                        "responses": {},
                    }
                }
            },
        }
    ).operations[0]
    draft, other = Draft(query={"q": given}), Draft(query={"q": "much too long"})
    found = [len(judge_request(operation, one)) for one in (draft, other, draft, draft, other)]
    assert found == [wrong, 1, wrong, wrong, 1]


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"query": {"q": [1, 2], "unknown": "x"}, "cookies": {"c": True}},
        {"body": {"name": "n", "id": 3}},
        {"body": None, "has_body": False, "raw_body": b"{"},
        {"media_type": ""},
    ],
)
def test_valid_drafts_have_no_violations(subject: Operation, changed: dict) -> None:
    assert judge_request(subject, draft(**changed)) == ()


@pytest.mark.parametrize(
    ("changed", "part", "path", "keyword"),
    [
        ({"path": {}}, "path", "/id", "required"),
        ({"path": {"id": "one"}}, "path", "/id", "type"),
        ({"query": {"q": [1, 2, 3]}}, "query", "/q", "maxItems"),
        ({"headers": {}}, "header", "/X-Key", "required"),
        ({"headers": {"X-KEY": "a"}}, "header", "/X-Key", "minLength"),
        ({"cookies": {"c": "yes"}}, "cookie", "/c", "type"),
        ({"body": {}}, "body", "", "required"),
        ({"body": {"name": 1}}, "body", "/name", "type"),
        ({"body": None}, "body", "", "type"),
        ({"body": None, "has_body": False}, "body", "", "required"),
        ({"media_type": "text/plain"}, "body", "", "content"),
    ],
)
def test_each_wrong_thing_is_named_in_its_part(
    subject: Operation, changed: dict, part: str, path: str, keyword: str
) -> None:
    (wrong,) = judge_request(subject, draft(**changed))
    assert (part, path, keyword) == (wrong.part, wrong.path, wrong.keyword)

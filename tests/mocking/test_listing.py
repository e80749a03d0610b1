"""A list that was asked for a moment ago is looked through again when anything was done."""

import json

import pytest

import verifier
from verifier.mocking import Mock
from verifier.mocking.vendor import MockVendor
from verifier.wire import Incoming

ISSUE = {
    "type": "object",
    "required": ["title"],
    "properties": {
        "id": {"type": "string", "readOnly": True},
        "title": {"type": "string"},
        "status": {"type": "string", "enum": ["open", "closed"], "default": "open"},
    },
}
BODY = {"content": {"application/json": {"schema": ISSUE}}}


def answer(schema):
    return {"description": "", "content": {"application/json": {"schema": schema}}}


def parameter(name, place="query", **schema):
    required = {"required": True} if place == "path" else {}
    return {"name": name, "in": place, "schema": {"type": "string", **schema}, **required}


DOCUMENT = {
    "openapi": "3.0.3",
    "info": {"title": "Issues", "version": "1"},
    "paths": {
        "/issues": {
            "get": {
                "parameters": [
                    parameter("status", enum=["open", "closed"]),
                    parameter("sort", enum=["title", "-title"]),
                ],
                "responses": {"200": answer({"type": "array", "items": ISSUE})},
            },
            "post": {"requestBody": BODY, "responses": {"201": answer(ISSUE)}},
        },
        "/issues/{id}": {
            "parameters": [parameter("id", "path")],
            "patch": {"requestBody": BODY, "responses": {"200": answer(ISSUE)}},
            "delete": {"responses": {"204": {"description": ""}}},
        },
    },
}


@pytest.fixture
def vendor(tmp_path):
    file = tmp_path / "issues.json"
    file.write_text(json.dumps(DOCUMENT))
    return MockVendor(verifier.load(file), now=iter(range(10**6)).__next__)


def ask(vendor, method, target, body=None):
    headers = (("Content-Type", "application/json"),) if body is not None else ()
    sent = json.dumps(body).encode() if body is not None else b""
    told = vendor.answer(Incoming(method=method, target=target, headers=headers, body=sent)).body
    return json.loads(told) if told else None


@pytest.mark.parametrize("query", ["status=open", "sort=title", "status=open&sort=-title"])
def test_a_list_tells_what_is_there_now(vendor, query):
    def told():
        return [issue["title"] for issue in ask(vendor, "GET", f"/issues?{query}")]

    def expected(*titles):
        return list(titles[::-1]) if "-title" in query else list(titles)

    first, second, third = [ask(vendor, "POST", "/issues", {"title": t})["id"] for t in "bcd"]
    assert [told(), told()] == [expected("b", "c", "d")] * 2
    ask(vendor, "PATCH", f"/issues/{third}", {"title": "z", "status": "closed"})
    changed = expected("b", "c") if "status" in query else expected("b", "c", "z")
    assert [told(), told()] == [changed] * 2
    ask(vendor, "DELETE", f"/issues/{first}")
    assert told() == [title for title in changed if title != "b"]
    moment = vendor.state.now()
    ask(vendor, "PATCH", f"/issues/{second}", {"title": "y"})
    now = told()
    with vendor.state.rewound(moment):
        assert told() == [title for title in changed if title != "b"]
    assert [told(), "y" in now] == [now, True]


def test_a_list_tells_what_was_put_there_without_a_request(vendor):
    mock = Mock(vendor.contract)
    before = ask(mock, "GET", "/issues?status=open")
    mock.seed("issues", [{"title": "there from the beginning"}], tenant="")
    after = ask(mock, "GET", "/issues?status=open")
    assert [len(before), [issue["title"] for issue in after]] == [0, ["there from the beginning"]]

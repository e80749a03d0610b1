"""What is known by two names is given the one that is asked for."""

import json

import pytest

from tests.probing.running import a_check, run, vendor
from verifier.model import Draw, Item, Response, Send

PROJECT = {
    "type": "object",
    "required": ["id", "key"],
    "properties": {"id": {"type": "integer"}, "key": {"type": "string"}},
}


def body(schema):
    return {"content": {"application/json": {"schema": schema}}}


def document(**asked):
    """Projects stand at their key; tickets ask for a project by the members that are given."""
    ticket = {"type": "object", "required": list(asked), "properties": asked}
    ok = {"description": "Done"}
    at = [{"name": "projectKey", "in": "path", "required": True, "schema": {"type": "string"}}]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tickets", "version": "1"},
        "paths": {
            "/projects": {
                "get": {"responses": {"200": ok | body({"type": "array", "items": PROJECT})}}
            },
            "/projects/{projectKey}": {
                "parameters": at,
                "get": {"responses": {"200": ok | body(PROJECT)}},
            },
            "/tickets": {
                "post": {
                    "requestBody": {"required": True, **body(ticket)},
                    "responses": {"201": ok},
                }
            },
        },
    }


class Tracker:
    """Has one project, and keeps what it is sent."""

    def __init__(self):
        self.sent = []

    def __call__(self, request):
        if request.path == "/tickets":
            self.sent.append(json.loads(request.body))
        row = {"id": 10000, "key": "SHOP"}
        shown = [row] if request.path == "/projects" else row
        headers = (("Content-Type", "application/json"),)
        return Response(status=200, headers=headers, body=json.dumps(shown).encode())


def flow(vendor):
    drawn = yield Draw(operation="POST /tickets")
    yield Send(drawn.request)
    return ()


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ({"projectId": {"type": "integer", "description": "The id of the project."}}, 10000),
        ({"projectId": {"type": "string", "description": "The id of the project."}}, "10000"),
        ({"projectKey": {"type": "string", "description": "The key of the project."}}, "SHOP"),
    ],
    ids=["number", "text", "key"],
)
def test_a_reference_gets_the_name_that_it_asks_for(asked, given):
    tracker = Tracker()
    run(a_check(flow), answer=tracker, whom=vendor(document(**asked)))
    assert tracker.sent == [dict.fromkeys(asked, given)]


NAMES = {"id": 7, "key": "K", "uuid": "u-1"}


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("projectId", 7),
        ("/project_id", 7),
        ("/lines/0/projectIDs/3", 7),
        ("project_uuid", "u-1"),
        ("projectKey", "K"),
        ("project", "K"),
        ("projectNumber", "K"),
    ],
)
def test_the_last_word_of_a_reference_says_which(reference, expected):
    item = Item(resource="projects", id="K", path={"projectKey": "K"}, names=NAMES)
    assert item.called(reference) == expected

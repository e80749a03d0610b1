"""Requests are held against the document, and what cannot be is never let through in silence."""

import json

import pytest

import verifier
from tests.mocking.asking import Asker
from tests.mocking.crawling import credential
from tests.places import CORPUS, needs_corpus
from verifier.loading import from_mapping
from verifier.mocking import MockVendor
from verifier.wire import Incoming

HEADER = "X-Verifier-Unenforced"
DONE = {"description": ""}


def document(schema, media="application/json"):
    body = {"required": True, "content": {media: {"schema": schema}}}
    answers = {"201": {"description": "made"}, "422": {"description": "wrong"}}
    return from_mapping(
        {
            "openapi": "3.1.0",
            "info": {"title": "Things", "version": "1"},
            "paths": {
                "/things": {
                    "post": {"requestBody": body, "responses": answers},
                    "get": {"responses": {"200": {"description": "all"}}},
                }
            },
        }
    )


def ask(contract, body, media="application/json", method="POST"):
    headers = (("Content-Type", media),)
    asked = Incoming(method=method, target="/things", headers=headers, body=body)
    answer = MockVendor(contract).answer(asked)
    return answer.status, dict(answer.headers).get(HEADER, "")


def test_what_is_checked_whole_carries_no_such_header():
    contract = document({"type": "object", "required": ["a"]})
    assert ask(contract, b'{"a": 1}') == (201, "")
    assert ask(contract, b"{}") == (422, "")


def test_a_schema_that_cannot_be_used_is_named_in_every_answer_of_its_operation_only():
    contract = document({"type": "object", "properties": {"a": {"$ref": "#/nowhere"}}})
    status, told = ask(contract, b'{"a": 1}')
    assert (status, "/nowhere" in told) == (201, True)
    assert ask(contract, b"[]")[1] == told
    assert ask(contract, b"", method="GET") == (200, "")


def test_a_body_that_is_not_looked_into_is_named():
    contract = document({"type": "object"}, media="application/xml")
    assert ask(contract, b"<a/>", media="application/xml") == (
        201,
        "a body of application/xml is not looked into",
    )


def test_a_status_that_the_document_does_not_name_is_said_and_labelled():
    at = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    silent, ranged, default = ({"200": DONE}, {"200": DONE, "4XX": DONE}, {"default": DONE})
    for answers, label in (
        (silent, "the document names no 404 here"),
        (ranged, None),
        (default, None),
    ):
        paths = {"/things/{id}": {"parameters": [at], "get": {"responses": answers}}}
        info = {"title": "Things", "version": "1"}
        contract = from_mapping({"openapi": "3.1.0", "info": info, "paths": paths})
        asked = Incoming(method="GET", target="/things/7", headers=(), body=b"")
        answer = MockVendor(contract).answer(asked)
        told = dict(answer.headers).get("X-Verifier-Undocumented")
        assert (answer.status, told) == (404, label)


def statuses(name, method, target, bodies):
    contract = verifier.load(CORPUS / name)
    mock = MockVendor(contract)
    operation = next(o for o in contract.operations if o.key.startswith(f"{method} {target[:9]}"))
    plain = (("Content-Type", "application/json"), ("xero-tenant-id", "t"))
    shown = (*credential(mock)(operation), *plain)
    return [
        mock.answer(
            Incoming(method=method, target=target, headers=shown, body=json.dumps(b).encode())
        ).status
        for b in bodies
    ]


@needs_corpus
@pytest.mark.corpus
def test_github_s_issues_are_refused_without_a_title_of_the_right_type():
    asker = Asker(verifier.load(CORPUS / "github/octokit-23.0.2.json"))
    asker.ask("POST", "/user/repos", {"name": "hello"})
    target = f"/repos/{asker.mock.rows('repos')[0].path['owner']}/hello/issues"
    wrong = ({}, [], {"title": {"a": 1}}, {"title": "t", "labels": 5})
    assert [asker.ask("POST", target, body)[0] for body in wrong] == [422] * 4
    assert asker.ask("POST", target, {"title": "t"})[0] == 201
    assert asker.ask("POST", target, {"title": 7})[0] == 201


@needs_corpus
@pytest.mark.corpus
def test_xero_s_invoices_are_refused_where_a_list_is_due():
    name = "xero/accounting-2026-07-13.yaml"
    contact = {"Type": "ACCREC", "Contact": {"Name": "Ada"}}
    bodies = ([], "x", {"Invoices": "x"}, {"Invoices": [contact]})
    assert statuses(name, "PUT", "/Invoices", bodies) == [400, 400, 400, 200]


@needs_corpus
@pytest.mark.corpus
def test_discord_s_ranges_of_statuses_are_understood():
    contract = verifier.load(CORPUS / "discord/2026-07-18.json")
    asker = Asker(contract)
    key = f"Bot {asker.mock.secrets['full']['key']}"
    status, told, _ = asker.ask(
        "POST", "/users/@me/channels", {"recipient_id": {}}, Authorization=key
    )
    assert (status, "message" in told) == (400, True)
    assert contract.operation("POST /users/@me/channels").response(400).status == "4XX"


def test_a_vendor_that_numbers_its_errors_gives_each_a_number_of_its_own():
    error = {"type": "object", "properties": {"code": {"type": "integer"}}, "required": ["code"]}
    said = {"description": "", "content": {"application/json": {"schema": error}}}
    body = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
    answers = {"201": {"description": ""}, "4XX": said}
    at = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
    asker = Asker(
        from_mapping(
            {
                "openapi": "3.1.0",
                "info": {"title": "Things", "version": "1"},
                "components": {"securitySchemes": {"b": {"type": "http", "scheme": "bearer"}}},
                "paths": {
                    "/things": {"post": {"requestBody": body, "responses": answers}},
                    "/things/{id}": {"get": {"parameters": at, "responses": answers}},
                },
            }
        )
    )
    (refused, wrong, _), (gone, missing, _) = (
        asker.ask("POST", "/things", []),
        asker.ask("GET", "/things/none"),
    )
    assert (refused, gone) == (400, 404)
    assert len({wrong["code"], missing["code"], refused, gone}) == 4

"""An answer that is put together of things told before is the one that is made anew."""

import json
from types import SimpleNamespace

import pytest

import verifier
from verifier.mocking.composing import framed
from verifier.mocking.practice import Practices
from verifier.mocking.vendor import MockVendor
from verifier.wire import Incoming

PET = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "id": {"type": "string", "readOnly": True},
        "name": {"type": "string", "minLength": 1},
        "tag": {"type": "string", "nullable": True},
        "age": {"type": "integer"},
    },
}
REF = {"$ref": "#/components/schemas/Pet"}
LISTED = {"type": "array", "items": REF}
ENVELOPE = {
    "type": "object",
    "required": ["object", "data", "has_more"],
    "properties": {
        "object": {"type": "string", "enum": ["list"]},
        "data": LISTED,
        "has_more": {"type": "boolean"},
        "total": {"type": "integer"},
    },
}
# Those of which each says something of its rows as a whole, or beside them.
WHOLES = {
    "unique": {**LISTED, "uniqueItems": True},
    "composed": {"allOf": [ENVELOPE]},
    "brief": {"type": "object", "properties": {"data": {**LISTED, "maxItems": 1}}},
}
LISTS = {"bare": LISTED, "envelope": ENVELOPE, **WHOLES}


def offered(schema):
    return {"description": "", "content": {"application/json": {"schema": schema}}}


def document(listed):
    takes = {"required": True, "content": {"application/json": {"schema": REF}}}
    size = {"name": "limit", "in": "query", "schema": {"type": "integer"}}
    cursor = {"name": "cursor", "in": "query", "schema": {"type": "string"}}
    id = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Pets", "version": "1"},
        "components": {"schemas": {"Pet": PET}},
        "paths": {
            "/pets": {
                "get": {"parameters": [size, cursor], "responses": {"200": offered(listed)}},
                "post": {"requestBody": takes, "responses": {"201": offered(REF)}},
            },
            "/pets/{id}": {
                "parameters": [id],
                "get": {"responses": {"200": offered(REF), "404": {"description": ""}}},
                "patch": {"requestBody": takes, "responses": {"200": offered(REF)}},
                "delete": {"responses": {"204": {"description": ""}}},
            },
        },
    }


def loaded(folder, listed):
    file = folder / "pets.json"
    file.write_text(json.dumps(document(listed)))
    return verifier.load(file)


@pytest.fixture(params=LISTS)
def contract(request, tmp_path):
    return loaded(tmp_path, LISTS[request.param])


def ask(vendor, method, target, body=None):
    headers = (("Content-Type", "application/json"),) if body is not None else ()
    sent = json.dumps(body).encode() if body is not None else b""
    answer = vendor.answer(Incoming(method=method, target=target, headers=headers, body=sent))
    return answer.status, answer.body


def values(answers):
    """What answers say, members in their order."""
    return [(s, body and json.loads(body, object_pairs_hook=tuple)) for s, body in answers]


def story(vendor):
    """What a vendor says while things are made, told, changed and removed."""
    told = [ask(vendor, "GET", "/pets")]
    made = [ask(vendor, "POST", "/pets", {"name": name}) for name in ("Rex", "Tom", "Ada")]
    ids = [json.loads(body)["id"] for _, body in made]
    told += [*made, ask(vendor, "GET", "/pets"), ask(vendor, "GET", "/pets?limit=2")]
    told += [ask(vendor, "PATCH", f"/pets/{ids[1]}", {"name": "Tim", "tag": "é"})]
    told += [ask(vendor, "GET", "/pets"), ask(vendor, "GET", f"/pets/{ids[1]}")]
    told += [ask(vendor, "DELETE", f"/pets/{ids[0]}"), ask(vendor, "GET", "/pets")]
    huge = ask(vendor, "POST", "/pets", {"name": "Max", "age": 2**70})
    return [*told, huge, ask(vendor, "GET", "/pets")]


def test_it_is_the_answer_that_is_made_anew(contract):
    anew = SimpleNamespace(shown=lambda asked, value: value)  # a hook that wants to see each thing
    other = MockVendor(contract, hooks=(anew,))
    assert values(story(MockVendor(contract))) == values(story(other))


@pytest.mark.parametrize("listed", [LISTED, ENVELOPE])
def test_what_was_changed_or_removed_is_told_as_it_is_now(listed, tmp_path):
    vendor = MockVendor(loaded(tmp_path, listed))
    told = [body.decode() for _, body in story(vendor)]
    before, after, last = told[4], told[7], told[10]
    assert "Tom" in before
    assert "Tom" not in after
    assert ("Tim" in after, "Rex" in after) == (True, True)
    assert "Rex" not in last


@pytest.mark.parametrize("listed", [LISTED, ENVELOPE])
def test_a_list_that_was_told_a_moment_ago_is_told_as_it_is_now(listed, tmp_path):
    vendor = MockVendor(loaded(tmp_path, listed))

    def names():
        told = json.loads(ask(vendor, "GET", "/pets")[1])
        return [one["name"] for one in (told if isinstance(told, list) else told["data"])]

    made = [ask(vendor, "POST", "/pets", {"name": name}) for name in ("Rex", "Tom", "Ada")]
    first, second, _ = [json.loads(body)["id"] for _, body in made]
    before = names()
    ask(vendor, "PATCH", f"/pets/{second}", {"name": "Tim"})
    changed = names()
    ask(vendor, "DELETE", f"/pets/{first}")
    ask(vendor, "POST", "/pets", {"name": "Max"})
    assert [before, changed] == [["Rex", "Tom", "Ada"], ["Rex", "Tim", "Ada"]]
    assert names() == ["Tim", "Ada", "Max"]


def test_things_are_told_apart_from_their_list_where_it_says_nothing_of_them_as_a_whole(tmp_path):
    apart = {}
    for name, listed in LISTS.items():
        contract = loaded(tmp_path, listed)
        practice = Practices(contract).of(contract.operation("GET /pets"))
        apart[name] = framed(practice) is not None
    assert apart == {"bare": True, "envelope": True, "brief": True} | dict.fromkeys(
        ("unique", "composed"), False
    )


def test_a_thing_that_does_not_obey_its_schema_is_not_told_as_if_it_did(contract):
    vendor = MockVendor(contract)
    ask(vendor, "POST", "/pets", {"name": "Rex"})
    ask(vendor, "GET", "/pets")
    (row,) = vendor.rows("pets")
    vendor.state.change(row, {"id": row.id, "name": 7})
    anew = SimpleNamespace(shown=lambda asked, value: value)
    other = MockVendor(contract, hooks=(anew,))
    ask(other, "POST", "/pets", {"name": "Rex"})
    (twin,) = other.rows("pets")
    other.state.change(twin, {"id": row.id, "name": 7})
    assert ask(vendor, "GET", "/pets") == ask(other, "GET", "/pets")
    assert ask(vendor, "GET", f"/pets/{row.id}") == ask(other, "GET", f"/pets/{row.id}")

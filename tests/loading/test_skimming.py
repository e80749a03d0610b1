"""A document that is only skimmed says the same as one that was read, once it is asked."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace

import orjson
import pytest

from tests.places import CORPUS, needs_corpus
from verifier.loading import from_mapping, load
from verifier.loading.contracts import understand
from verifier.model import Contract, Operation

BROKEN = {
    "openapi": "3.1.0",
    "info": {"title": "Broken", "version": 2},
    "security": [{"nobody": []}],
    "paths": {
        "/items/{id}": {
            "parameters": [{"$ref": "#/components/parameters/Gone"}],
            "get": {
                "tags": ["a", 1],
                "x-note": "y",
                "responses": {
                    "200": {"$ref": "#/components/responses/Ok"},
                    "404": {"$ref": "#/components/responses/Ok"},
                    "6": {"description": "?"},
                },
                "callbacks": {"done": {"{$url}": {"post": {"responses": {}}}}},
            },
        },
        "/items/{name}": {"delete": {"deprecated": True}},
    },
    "webhooks": {"sold": {"post": {"requestBody": {"content": {"application/json": {}}}}}},
    "components": {"responses": {"Ok": {"description": "Ok."}}},
}


def same(skimmed: Contract, read: Contract) -> None:
    """Both say the same in every field."""
    for field in fields(Contract):
        if field.compare and field.name != "document":
            assert getattr(skimmed, field.name) == getattr(read, field.name), field.name
    assert skimmed.lost == tuple(problem for problem in read.problems if problem.lost)


def held_against(path, *, resources):
    """The file skimmed, and its document read as a whole."""
    skimmed, whole = load(path, resources=resources, skimmed=True), load(path)
    read = understand(whole.document, resources=resources)
    own = replace(read, openapi=whole.openapi, problems=whole.problems)
    return skimmed, own


@pytest.mark.parametrize("resources", [True, False])
def test_what_is_wrong_is_told_by_a_skimmed_document_too(tmp_path, resources):
    path = tmp_path / "broken.json"
    path.write_bytes(orjson.dumps(BROKEN))
    skimmed, read = held_against(path, resources=resources)
    same(skimmed, read)
    assert len(skimmed.problems) > len(skimmed.lost) > 0


@pytest.mark.parametrize("resources", [True, False])
def test_a_reference_that_goes_round_is_lost(tmp_path, resources):
    circle = {"$ref": "#/components/responses/Ok"}
    path = tmp_path / "circle.json"
    path.write_bytes(orjson.dumps({**BROKEN, "components": {"responses": {"Ok": circle}}}))
    skimmed, read = held_against(path, resources=resources)
    same(skimmed, read)
    assert any("circle" in problem.says for problem in skimmed.lost)


def test_a_part_is_read_once_and_no_other_name_is_answered(tmp_path):
    path = tmp_path / "broken.json"
    path.write_bytes(orjson.dumps(BROKEN))
    operation = load(path, skimmed=True).operations[0]
    assert operation.responses is operation.responses
    assert isinstance(replace(operation, summary="x"), Operation)
    with pytest.raises(AttributeError, match="no attribute 'answers'"):
        _ = operation.answers


@pytest.mark.corpus
@needs_corpus
@pytest.mark.parametrize("name", ["netlify/2026-05-19.yaml", "twilio/verify_v2-2026-04-14.json"])
@pytest.mark.parametrize("resources", [True, False])
def test_real_documents_say_the_same_when_skimmed(name, resources):
    same(*held_against(CORPUS / name, resources=resources))


def test_a_resource_is_looked_at_when_somebody_asks_what_is_in_it(tmp_path):
    shown = {"200": {"content": {"application/json": {"schema": {"properties": {"no": {}}}}}}}
    path = tmp_path / "orders.json"
    item = {"/orders/{no}": {"get": {"responses": shown}}, "/orders": {"post": {}}}
    path.write_bytes(orjson.dumps({"openapi": "3.0.3", "info": {}, "paths": item}))
    contract = load(path, skimmed=True)
    (resource,), reading = contract.resources, contract.operation("GET /orders/{no}")
    (answer,) = reading.responses
    assert (resource.name, resource.read, resource.create) == (
        "orders",
        reading.key,
        "POST /orders",
    )
    assert not read(answer, "description")
    assert not read(resource, "id_field")
    assert resource.id_field == "no"
    assert replace(resource, name="bills").id_field == "no"
    assert resource == load(path).resources[0]


@pytest.fixture
def hasty():
    """Threads take turns after every few instructions."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.corpus
@needs_corpus
@pytest.mark.usefixtures("hasty")
def test_threads_that_share_a_skimmed_document_read_the_same():
    path = CORPUS / "netlify/2026-05-19.yaml"
    whole = load(path)
    shared = load(path, skimmed=True)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: (shared.resources, shared.conventions), range(8)))
        fields = threads.map(lambda r: (r.confidence, r.reason, r.references), shared.resources * 8)
        told = list(fields)
    assert all(one == (whole.resources, whole.conventions) for one in found)
    assert told == [(r.confidence, r.reason, r.references) for r in whole.resources] * 8


def read(noun, name):
    """Whether a field has been read by now, without reading it."""
    try:
        object.__getattribute__(noun, name)
    except AttributeError:
        return False
    return True


def test_a_convention_is_found_among_some_operations_alone(tmp_path):
    page = [{"name": "page", "in": "query"}, {"name": "per_page", "in": "query"}]
    listed = {"get": {"parameters": page, "responses": {"200": {"description": "All."}}}}
    paths = {"/orders": listed, "/bills": listed, "/ping": {"get": {"responses": {}}}}
    path = tmp_path / "pages.json"
    path.write_bytes(orjson.dumps({"openapi": "3.0.3", "info": {}, "paths": paths}))
    for contract in (load(path), load(path, skimmed=True)):
        (whole,) = contract.conventions_of("pagination")
        assert set(whole.operations) == {"GET /orders", "GET /bills"}
        (some,) = contract.conventions_of("pagination", ("GET /bills",))
        assert some.operations == ("GET /bills",)
        assert contract.conventions_of("pagination", ("GET /ping",)) == ()


def test_among_some_operations_nothing_is_asked_of_the_others():
    made = {"url": {"type": "string"}, "id": {"type": "string"}}
    hook = {"application/json": {"schema": {"type": "object", "properties": made}}}
    one = {"responses": {"200": {"description": "It.", "content": hook}}}
    paths = {
        "/hooks": {"get": one, "post": {**one, "requestBody": {"content": hook}}},
        "/hooks/{id}": {"get": one, "parameters": [{"name": "id", "in": "path"}]},
    }
    document = {"openapi": "3.0.3", "info": {}, "paths": paths, "webhooks": {"sold": {"post": {}}}}
    contract = from_mapping(document)
    assert [resource.name for resource in contract.resources] == ["hooks"]
    found = contract.conventions_of("webhooks", ("GET /hooks",))
    assert found == ()

"""What a mock says that it will do is what it does."""

import pytest

import verifier
from tests.mocking.asking import Asker
from tests.mocking.directing import SAMPLE
from verifier.loading import from_mapping
from verifier.mocking import MockVendor
from verifier.mocking.explaining import explain
from verifier.model import MockProfile, OperationRule

TEXT = {"type": "string"}
THING = {"type": "object", "properties": {"id": TEXT, "name": TEXT}}


def shown(schema):
    return {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}


def made(**paths):
    return from_mapping(
        {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths}
    )


def told(contract, **more):
    return {one.operation.key: one for one in explain(MockVendor(contract, **more))}


@pytest.fixture(scope="module")
def sample():
    return told(verifier.load(SAMPLE))


def test_every_operation_is_explained(sample):
    assert len(sample) == 28
    assert all(one.does and one.why for one in sample.values())
    assert sum(one.state for one in sample.values()) == 27


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("POST /customers", "makes one of 'customers' (201)"),
        ("GET /customers", "lists 'customers' (200)"),
        ("GET /customers/{customer_id}", "tells one of 'customers' (200)"),
        ("PUT /invoices/{invoice_id}", "replaces one of 'invoices' (200)"),
        ("POST /invoices/{invoice_id}/void", "sets 'status' of one of 'invoices' to 'void' (200)"),
        ("DELETE /orders/{order_id}", "removes one of 'orders' (204)"),
        ("GET /health", "answers 200 with a value made of its schema"),
    ],
)
def test_it_says_what_it_will_do(sample, key, says):
    assert sample[key].does == says


def test_it_says_what_that_depends_on(sample):
    assert "'customer_id' must be one of 'customers'" in sample["POST /invoices"].remarks
    assert "takes a key in 'Idempotency-Key'" in sample["POST /invoices"].remarks
    assert "pages by 'cursor', 20 at a time" in sample["GET /customers"].remarks
    assert "filtered by 'updated_since', 'status'" in sample["GET /customers"].remarks
    assert "needs no credential" in sample["GET /health"].remarks
    assert sample["GET /customers/{customer_id}/orders"].why == (
        "'customers.orders' shows what 'orders' keeps"
    )


def test_what_has_no_state_says_why(sample):
    contract = made(
        **{
            "/words": {"get": {"responses": shown({"type": "array", "items": TEXT})}},
        }
    )
    words = told(contract)["GET /words"]
    assert not words.state
    assert "no objects" in words.why
    assert not sample["GET /health"].state
    assert "no resource" in sample["GET /health"].why


def test_what_is_not_enforced_and_what_was_overridden_is_told():
    schema = {"type": "string", "pattern": "(?<=a)(b"}
    query = {"name": "q", "in": "query", "schema": schema}
    contract = made(**{"/things": {"get": {"parameters": [query], "responses": shown(THING)}}})
    rules = (OperationRule(operation="GET /things", status=503),)
    found = told(contract, profile=MockProfile(operations=rules))["GET /things"]
    assert "query parameter 'q'" in found.unenforced[0]
    assert found.does == "answers 503, and does nothing"
    assert found.why == "mock.yaml says so"


# What the crawl of real documents showed


def test_of_two_paths_that_differ_in_a_name_the_one_that_the_value_fits_is_meant():
    def get(name, schema):
        path = {"name": name, "in": "path", "required": True, "schema": schema}
        return {"get": {"operationId": name, "parameters": [path], "responses": shown(THING)}}

    number, word = get("id", {"type": "integer"}), get("name", {"type": "string"})
    asker = Asker(made(**{"/files/{id}": number, "/files/{name}": word}))
    assert asker.take("GET", "/files/12").operation.id == "id"
    assert asker.take("GET", "/files/a.txt").operation.id == "name"


def test_one_request_can_make_a_thing_and_what_contains_it():
    run = {"type": "object", "properties": {"id": TEXT, "thread_id": TEXT, "model": TEXT}}

    def at(*names):
        named = [{"name": n, "in": "path", "required": True, "schema": TEXT} for n in names]
        reference = {"$ref": "#/components/schemas/Run"}
        return {"parameters": named, "responses": shown(reference)}

    contract = from_mapping(
        {
            "openapi": "3.1.0",
            "info": {"title": "T", "version": "1"},
            "components": {"schemas": {"Run": run}},
            "paths": {
                "/threads": {"post": {"responses": shown(THING)}},
                "/threads/{thread_id}": {"get": {**at("thread_id"), "responses": shown(THING)}},
                "/runs": {"post": at()},
                "/threads/{thread_id}/runs": {"post": at("thread_id"), "get": at("thread_id")},
                "/threads/{thread_id}/runs/{run_id}": {"get": at("thread_id", "run_id")},
            },
        }
    )
    asker = Asker(contract)
    _, made_run, _ = asker.ask("POST", "/runs")
    [row] = asker.mock.rows("threads.runs")
    thread = row.path["thread_id"]
    assert asker.ask("GET", f"/threads/{thread}")[0] == 200
    assert asker.ask("GET", f"/threads/{thread}/runs/{made_run['id']}")[0] == 200


def test_an_id_is_of_the_form_that_any_path_asks_for():
    def at(schema):
        return [{"name": "id", "in": "path", "required": True, "schema": schema}]

    uuid = {"type": "string", "format": "uuid"}
    contract = made(
        **{
            "/things": {"post": {"responses": shown(THING)}},
            "/things/{id}": {"get": {"parameters": at(TEXT), "responses": shown(THING)}},
            "/things/{id}/notes": {"get": {"parameters": at(uuid), "responses": shown(THING)}},
        }
    )
    asker = Asker(contract)
    _, thing, _ = asker.ask("POST", "/things")
    assert asker.ask("GET", f"/things/{thing['id']}/notes")[0] == 200


def test_what_is_shown_within_something_that_is_gone_is_gone():
    asker = Asker(verifier.load(SAMPLE))
    _, ada, _ = asker.ask("POST", "/customers", {"name": "Ada", "email": "ada@example.com"})
    target = f"/customers/{ada['id']}/orders"
    assert asker.ask("GET", target)[0] == 200
    asker.ask("DELETE", f"/customers/{ada['id']}")
    assert asker.ask("GET", target)[0] == 404


def test_what_can_be_the_name_of_nothing_is_not_there_where_no_400_is_documented():
    asker = Asker(verifier.load(SAMPLE))
    assert asker.ask("GET", f"/customers/{'0' * 41}")[0] == 404
    assert asker.ask("PATCH", f"/customers/{'0' * 41}", {})[0] == 400

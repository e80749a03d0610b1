"""What somebody wrote into mock.yaml is there, and is done, whatever the document leaves open."""

import pytest

import verifier
from tests.mocking.asking import Asker
from tests.mocking.directing import SAMPLE
from verifier.errors import ConfigError
from verifier.loading import from_mapping
from verifier.model import LimitRule, MockProfile, OperationRule, Seed

ADA = {"id": "cus_ada", "name": "Ada", "email": "ada@example.com"}


BED = {"type": "object", "properties": {"id": {"type": "string"}, "soft": {"type": "boolean"}}}
SHOWN = {"description": "", "content": {"application/json": {"schema": BED}}}
ROOM = {"name": "room", "in": "path", "required": True, "schema": {"type": "string"}}
HOUSE = {
    "openapi": "3.1.0",
    "info": {"title": "House", "version": "1"},
    "paths": {
        "/rooms/{room}/beds": {"post": {"parameters": [ROOM], "responses": {"201": SHOWN}}},
        "/rooms/{room}/beds/{id}": {
            "get": {"parameters": [ROOM, {**ROOM, "name": "id"}], "responses": {"200": SHOWN}}
        },
    },
}


@pytest.fixture(scope="module")
def contract():
    return verifier.load(SAMPLE)


def seeded(contract, *seeds, **more):
    return Asker(contract, profile=MockProfile(seeds=seeds, **more))


def ada(**more):
    return Seed(resource="customers", value=ADA, where="mock.yaml:3", **more)


def test_nothing_is_there_that_nobody_wrote_down_or_made(contract):
    assert Asker(contract).ask("GET", "/customers")[1]["data"] == []


def test_a_seed_is_read_listed_referred_to_and_changed_like_anything_else(contract):
    asker = seeded(contract, ada())
    assert [row.id for row in asker.mock.rows("customers")] == ["cus_ada"]
    assert asker.ask("GET", "/customers/cus_ada")[1]["name"] == "Ada"
    assert [one["id"] for one in asker.ask("GET", "/customers")[1]["data"]] == ["cus_ada"]
    invoice = {"customer_id": "cus_ada", "total": {"amount": "1.00", "currency": "EUR"}}
    assert asker.ask("POST", "/invoices", invoice)[0] == 201
    assert asker.ask("PATCH", "/customers/cus_ada", {"name": "B"})[1]["name"] == "B"
    assert asker.ask("GET", "/customers/cus_ada")[1]["name"] == "B"
    assert asker.ask("POST", "/customers", {"name": "C", "email": "c@example.com"})[0] == 201


def test_what_a_seed_does_not_say_is_made_up_as_the_document_has_it(contract):
    _, shown, _ = seeded(contract, ada()).ask("GET", "/customers/cus_ada")
    assert shown["status"] == "active"
    assert shown["created_at"]


def test_a_tenants_seed_is_nobody_elses(contract):
    asker = seeded(contract, ada(tenant="one"))
    assert asker.ask("GET", "/customers/cus_ada")[0] == 200
    asker.become("other")
    assert asker.ask("GET", "/customers/cus_ada")[0] == 404


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({**ADA, "status": "nonsense"}, "'status' is not what the document says"),
        ({**ADA, "nick": "A"}, "'nick' is not what the document says"),
        (ADA, "there are two of the id 'cus_ada'"),
    ],
)
def test_a_seed_that_cannot_be_is_refused_with_its_line(contract, value, says):
    second = Seed(resource="customers", value=value, where="mock.yaml:7")
    with pytest.raises(ConfigError, match=says) as raised:
        seeded(contract, ada(), second)
    assert raised.value.where == "mock.yaml:7"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"path": {"customr": "1"}}, "no variable 'customr'"),
        ({"tenant": "nowhere"}, "no principal is of the tenant 'nowhere'"),
    ],
)
def test_a_seed_says_truly_where_and_whose_it_is(contract, more, says):
    with pytest.raises(ConfigError, match=says):
        seeded(contract, ada(**more))


def test_a_seed_within_something_else_says_where_it_is():
    value = {"id": "b1", "soft": True}
    house = from_mapping(HOUSE)
    here = Seed(resource="beds", value=value, path={"room": "7"})
    assert seeded(house, here).ask("GET", "/rooms/7/beds/b1")[:2] == (200, value)
    with pytest.raises(ConfigError, match="not said where it is: /rooms") as raised:
        seeded(house, Seed(resource="beds", value=value))
    assert raised.value.mend == "Add 'path: {room: ...}'."


def test_an_operation_answers_as_it_was_told_and_does_nothing(contract):
    rules = (OperationRule(operation="DELETE /customers/{customer_id}", status=403),)
    asker = seeded(contract, ada(), operations=rules)
    status, told, _ = asker.ask("DELETE", "/customers/cus_ada")
    assert (status, told["status"]) == (403, 403)
    assert asker.ask("GET", "/customers/cus_ada")[0] == 200
    assert asker.ask("GET", "/customers?limit=none")[0] == 400


def test_an_operation_answers_with_the_body_it_was_given_in_the_time_it_takes(contract):
    body = {"data": [], "next_cursor": None}
    rule = OperationRule(operation="GET /customers", body=body, has_body=True, takes_seconds=2.5)
    asker = seeded(contract, operations=(rule,))
    assert asker.ask("GET", "/customers")[:2] == (200, body)
    assert asker.take("GET", "/customers").takes_seconds == 2.5


def test_a_success_that_is_not_the_usual_one_is_made_of_the_document(contract):
    rule = OperationRule(operation="POST /customers", status=201)
    asker = seeded(contract, operations=(rule,))
    status, told, _ = asker.ask("POST", "/customers", {"name": "A", "email": "a@example.com"})
    assert status == 201
    assert told["id"]
    assert asker.ask("GET", "/customers")[1]["data"] == []


def test_two_limits_of_one_name_are_counted_apart(contract):
    limits = (LimitRule(quota=1, window_seconds=60, operations=("GET /customers",)),)
    limits += (LimitRule(quota=9, window_seconds=60, operations=("GET /invoices",)),)
    asker = seeded(contract, limits=limits)
    seen = [asker.ask("GET", "/customers")[0] for _ in range(2)]
    seen += [asker.ask("GET", "/invoices")[0] for _ in range(2)]
    assert seen == [200, 429, 200, 200]

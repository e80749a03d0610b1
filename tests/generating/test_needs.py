"""Holes that only the vendor's data can fill: found, filled, and never sent open."""

import pytest

from tests.generating.specimens import NEW_ORDER, answers, by_aspect, content, shop
from verifier.generating import Cases
from verifier.model import Case, Draft, Need, Validity, fill

SHOP = shop()
CUSTOMER = Need(resource="customers", location="path", name="customer_id")
BUYER = Need(resource="customers", location="body", name="/customer_id")


def drawn(key, contract=SHOP, fixtures=None):
    cases = Cases(contract, seed=0, fixtures=fixtures or {}, deep=False)
    return cases.cases(contract.operation(key), limit=1000)


def test_a_path_that_names_a_resource_needs_its_id():
    assert {case.needs for case in drawn("GET /customers/{customer_id}")} == {(CUSTOMER,)}


def test_a_body_member_that_names_a_resource_needs_its_id():
    assert drawn("POST /orders")[0].needs == (BUYER,)


def test_a_need_is_filled_by_the_driver():
    case = drawn("POST /orders")[0]
    filled = fill(case, {BUYER: "cus_1"})
    assert filled.needs == ()
    assert filled.draft.body["customer_id"] == "cus_1"
    assert case.draft.body["customer_id"] == "«need»"


def test_an_id_is_of_the_type_that_the_body_asks_for():
    whole = Need(resource="customers", location="body", name="/ids/0")
    text = Need(resource="customers", location="body", name="/label")
    draft = Draft(body={"ids": [1], "label": "a"}, has_body=True)
    case = Case(operation="POST /orders", draft=draft, needs=(whole, text))
    assert fill(case, {whole: "7", text: 7}).draft.body == {"ids": [7], "label": "7"}


@pytest.mark.parametrize("name", ["customer_id", "customers"])
def test_a_fixture_takes_the_need_away(name):
    case = drawn("GET /customers/{customer_id}", fixtures={name: "cus_9"})[0]
    assert (case.needs, case.draft.path) == ((), {"customer_id": "cus_9"})
    order = drawn("POST /orders", fixtures={name: "cus_9"})[0]
    assert (order.needs, order.draft.body["customer_id"]) == ((), "cus_9")


def test_no_edge_is_tried_where_an_id_belongs():
    found = [c for c in drawn("POST /orders") if c.validity is Validity.VALID]
    assert all(BUYER in case.needs for case in found)
    assert not [case.aspect for case in found if case.aspect.endswith("body/customer_id")]


def test_an_optional_id_is_given_once_and_needed_then():
    members = {"flags": {"type": "array", "items": {"type": "boolean"}}, **NEW_ORDER["properties"]}
    del members["note"]
    loose = {**NEW_ORDER, "required": ["lines"], "properties": members}
    orders = {
        "post": {"requestBody": {"required": True, **content(loose)}, "responses": answers("201")},
    }
    found = drawn("POST /orders", shop(**{"/orders": orders}))
    here = [c for c in found if c.validity is Validity.VALID and "customer_id" in c.draft.body]
    assert [(case.aspect, case.needs) for case in here] == [("given:body/customer_id", (BUYER,))]


def test_a_place_that_is_broken_on_purpose_is_not_filled():
    found = by_aspect(drawn("POST /orders"))
    assert found["missing-required:body/customer_id"].needs == ()
    assert "customer_id" not in found["missing-required:body/customer_id"].draft.body
    assert found["wrong-type:body/customer_id"].needs == ()
    assert found["wrong-type:body/lines"].needs == (BUYER,)
    assert found["malformed-json:body"].needs == ()


def test_an_extra_member_leaves_the_needs_as_they_are():
    strict = {
        "type": "object",
        "required": ["customer_id"],
        "additionalProperties": False,
        "properties": {"customer_id": {"type": "string", "description": "Id of the customer."}},
    }
    orders = {
        "post": {"requestBody": {"required": True, **content(strict)}, "responses": answers("201")},
    }
    contract = shop(**{"/orders": orders})
    found = by_aspect(drawn("POST /orders", contract))
    assert found["extra-property:body"].needs == (BUYER,)


def test_ids_of_a_type_keep_a_value_of_that_type():
    number = {"name": "customer_id", "in": "path", "required": True}
    get = {"get": {"parameters": [number | {"schema": {"type": "integer"}}]}}
    get["get"]["responses"] = answers("200", {"type": "object"})
    case = drawn("GET /customers/{customer_id}", shop(**{"/customers/{customer_id}": get}))[0]
    assert isinstance(case.draft.path["customer_id"], int)
    assert case.needs == (CUSTOMER,)


def test_a_variable_before_the_id_belongs_to_the_same_resource():
    both = [
        {"name": n, "in": "path", "required": True, "schema": {"type": "string"}}
        for n in ("owner", "repo")
    ]
    repo = {"type": "object", "properties": {"id": {"type": "string"}}}
    contract = shop(
        **{
            "/repos/{owner}/{repo}": {
                "get": {"parameters": both, "responses": answers("200", repo)}
            }
        }
    )
    case = drawn("GET /repos/{owner}/{repo}", contract)[0]
    assert {need.name for need in case.needs} == {"owner", "repo"}
    assert len({need.resource for need in case.needs}) == 1


def test_a_variable_of_no_resource_is_made_up_and_says_so():
    area = {"name": "area", "in": "path", "required": True, "schema": {"type": "string"}}
    get = {"get": {"parameters": [area], "responses": answers("200")}}
    case = drawn("GET /weather/{area}/now", shop(**{"/weather/{area}/now": get}))[0]
    assert case.needs == ()
    assert case.draft.path["area"]
    assert "'area' in the path made up" in case.says
    assert "made up" not in drawn("GET /regions/{region}/rates")[0].says


@pytest.mark.parametrize("given", [True, False], ids=["supplied", "found"])
def test_an_id_of_another_thing_stays_as_it_is_when_a_case_is_renewed(given):
    """A UUID is no name of ours to be made new: what it names would not be there."""
    known = "4697b12c-8159-4c37-91c5-c19fd87b8ab9"
    cases = Cases(SHOP, seed=0, fixtures={"customers": known} if given else {}, deep=False)
    for case in cases.cases(SHOP.operation("POST /orders"), limit=1000):
        case = fill(case, dict.fromkeys(case.needs, known))
        body = case.draft.body
        if isinstance(body, dict) and body.get("customer_id") == known:
            renewed = cases.renew(case, fresh=7).draft.body
            assert renewed["customer_id"] == known
    one = fill(
        cases.sample(SHOP.operation("POST /orders"), path={}, body={}, query={}, fresh=7),
        {BUYER: known},
    )
    assert one.draft.body["customer_id"] == known

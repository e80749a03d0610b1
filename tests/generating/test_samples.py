"""One plain request: what the user gave in it, what must be unique different each time."""

import pytest

from tests.generating.specimens import shop
from verifier.generating import Cases
from verifier.model import Missing
from verifier.validating import judge_request

SHOP = shop()


def sample(key, *, fixtures=None, fresh=0, path=None, body=None, query=None):
    cases = Cases(SHOP, seed=0, fixtures=fixtures or {})
    return cases.sample(
        SHOP.operation(key), path=path or {}, body=body or {}, query=query or {}, fresh=fresh
    )


@pytest.mark.parametrize("key", [o.key for o in SHOP.operations if o.path != "/reports"])
def test_it_is_valid(key):
    for fresh in range(4):
        assert judge_request(SHOP.operation(key), sample(key, fresh=fresh).draft) == ()


def test_it_is_the_same_each_time():
    assert sample("POST /customers", fresh=3) == sample("POST /customers", fresh=3)


def test_what_must_be_unique_differs():
    emails = {sample("POST /customers", fresh=n).draft.body["email"] for n in range(1, 20)}
    assert len(emails) == 19


def test_given_values_are_in_it_and_take_the_needs_away():
    case = sample(
        "POST /orders", body={"customer_id": "cus_5", "note": "here"}, query={"verbose": True}
    )
    assert case.draft.body["customer_id"] == "cus_5"
    assert case.draft.body["note"] == "here"
    assert case.draft.query == {"verbose": True}
    assert case.needs == ()
    read = sample("GET /customers/{customer_id}", path={"customer_id": "cus_5"})
    assert (read.draft.path, read.needs) == ({"customer_id": "cus_5"}, ())


def test_ids_that_nobody_asked_for_are_not_made_up():
    assert "external_id" not in sample("POST /customers").draft.body


def test_a_body_of_the_users_is_sent_as_it_is_written():
    own = {"email": "own@example.com", "name": "Own"}
    for fresh in (0, 7):
        case = sample("POST /customers", fixtures={"POST /customers": own}, fresh=fresh)
        assert case.draft.body == own


def test_a_body_of_the_users_may_ask_for_a_number_of_its_own():
    own = {"email": "own+{fresh}@example.com", "name": "Own {fresh}"}
    case = sample("POST /customers", fixtures={"POST /customers": own}, fresh=7)
    assert case.draft.body == {"email": "own+7@example.com", "name": "Own 7"}


def test_a_body_of_the_users_that_the_document_forbids_is_sent_and_said():
    own = {"email": "own@example.com", "status": "vip"}
    case = sample("POST /customers", fixtures={"POST /customers": own})
    assert case.draft.body == own
    assert "which the document forbids" in case.says
    assert "status" in case.says


def test_what_cannot_be_made_names_what_to_supply():
    case = sample("POST /reports")
    assert isinstance(case, Missing)
    assert "POST /reports" in case.reason
    assert case.supply == 'fixtures: {"POST /reports": A_BODY} in vendor.yaml'


def test_text_under_fixtures_serves_where_no_body_can_be_made():
    case = sample("POST /reports", fixtures={"POST /reports": "<report/>"})
    assert case.draft.body == "<report/>"

"""Cases: labelled truly, the same for the same seed, and drawn from real documents."""

import pytest

import verifier
from tests.generating.specimens import is_wrong
from tests.places import ROOT
from verifier.generating import Cases
from verifier.model import Validity
from verifier.validating import judge_request

SAMPLE = ROOT / "specs" / "acme-billing" / "openapi.yaml"


@pytest.fixture(scope="module")
def contract():
    return verifier.load(SAMPLE)


def drawn(contract, key, limit=60, **more):
    cases = Cases(contract, seed=0, fixtures={}, deep=False, **more)
    return cases.cases(contract.operation(key), limit=limit)


def test_every_label_is_true_as_meant_and_as_it_arrives(contract):
    for operation in contract.operations:
        for case in drawn(contract, operation.key, limit=500):
            broken = case.validity is Validity.BROKEN
            assert is_wrong(operation, case) is broken, case
            if case.draft.raw_body is None:
                assert bool(judge_request(operation, case.draft)) is broken, case


def test_a_small_limit_still_has_both_kinds(contract):
    few = drawn(contract, "POST /orders", limit=6)
    assert {case.validity for case in few} == set(Validity)
    assert few[0].aspect == "plain"
    assert "malformed-json:body" in {case.aspect for case in few}


def test_no_two_cases_are_the_same(contract):
    drafts = [repr((case.draft, case.validity)) for case in drawn(contract, "POST /customers")]
    assert len(drafts) == len(set(drafts))


def test_ids_of_other_things_are_needs_and_fixtures_fill_them(contract):
    cases = Cases(contract, seed=0, fixtures={}, deep=False)
    operation = contract.operation("POST /orders")
    open_ = cases.sample(operation, path={}, body={}, query={})
    assert [need.resource for need in open_.needs] == ["customers"]
    held = Cases(contract, seed=0, fixtures={"customers": "cus_1"}, deep=False)
    filled = held.sample(operation, path={}, body={}, query={})
    assert (filled.needs, filled.draft.body["customer_id"]) == ((), "cus_1")


def test_a_mistake_in_a_reference_is_not_mended_by_filling_it(contract):
    for case in drawn(contract, "POST /orders", limit=120):
        if case.aspect.endswith("body/customer_id"):
            assert not [need for need in case.needs if need.location == "body"], case.says


def test_samples_differ_where_names_must_be_unique(contract):
    cases = Cases(contract, seed=0, fixtures={}, deep=False)
    operation = contract.operation("POST /customers")
    made = [cases.sample(operation, path={}, body={}, query={}, fresh=n) for n in range(1, 6)]
    assert len({case.draft.body["email"] for case in made}) == 5


def test_shrinking_keeps_what_fails_and_drops_the_rest(contract):
    cases = Cases(contract, seed=0, fixtures={}, deep=False)
    case = cases.sample(contract.operation("POST /customers"), path={}, body={}, query={})
    shrinking = cases.shrink(case)
    candidate = next(shrinking)
    try:
        while True:
            candidate = shrinking.send("phone" in candidate.draft.body)
    except StopIteration as done:
        smallest = done.value
    assert set(smallest.draft.body) == {"name", "email", "phone"}

"""Cases: labelled truly, the same for the same seed, and drawn from real documents."""

import os
import random
import subprocess
import sys

import pytest

import verifier
from tests.places import CORPUS, ROOT, needs_corpus
from verifier.generating import Cases
from verifier.generating.parts import breaks_on_the_wire, is_valid
from verifier.model import Missing, Validity

SAMPLE = ROOT / "specs" / "acme-billing" / "openapi.yaml"


@pytest.fixture(scope="module")
def contract():
    return verifier.load(SAMPLE)


def drawn(contract, key, limit=60, **more):
    cases = Cases(contract, seed=0, fixtures={}, deep=False, **more)
    return cases.cases(contract.operation(key), limit=limit)


def test_every_label_is_true(contract):
    for operation in contract.operations:
        for case in drawn(contract, operation.key):
            if case.validity is Validity.VALID:
                assert is_valid(operation, case.draft), case.says
            else:
                assert breaks_on_the_wire(operation, case.draft), case.says


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


PRINT = """
import verifier
from verifier.generating import Cases
contract = verifier.load({path!r})
cases = Cases(contract, seed=7, fixtures={{}}, deep=False)
for operation in contract.operations:
    for case in cases.cases(operation, limit=40):
        print(case)
"""


def test_the_same_seed_draws_the_same_cases_in_every_process():
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PRINT.format(path=str(SAMPLE))],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs.pop()


DOCUMENTS = (
    "stripe/2021-12-23.yaml",
    "github/octokit-16.0.0.json",
    "twilio/api_v2010-2020-12-16.json",
    "jupyterhub/2026-08-14.yaml",
    "xero/projects-2026-07-13.yaml",
    "resend/2026-08-21.yaml",
)


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize("name", DOCUMENTS)
def test_real_operations_get_valid_cases(name):
    contract = verifier.load(CORPUS / name)
    chosen = random.Random(3).sample(contract.operations, min(15, len(contract.operations)))
    cases = Cases(contract, seed=0, fixtures={}, deep=False)
    made = [cases.cases(operation, limit=12) for operation in chosen]
    without = [one for one in made if isinstance(one, Missing) or not one]
    assert len(without) <= 0.1 * len(chosen)

"""The catalogue is whole, and each of its hundred cases makes records for some contract."""

import pytest

from tests.mapping.contracts import CRM, SHOP
from tests.mapping.edges.wide import WIDE
from verifier.mapping.edges import ORACLES, Ground, RawJson, apply, catalogue, family_of
from verifier.mapping.exact_json import dumps
from verifier.mapping.executing import Executor, Matcher
from verifier.mapping.opening import open_mapping


@pytest.fixture(scope="module")
def applied(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wide")
    for name, text in WIDE.items():
        (folder / name).write_text(text)
    files = (SHOP, CRM, folder / "wide.mapping.yaml")
    grounds = [Ground(Executor(open_mapping(file))) for file in files]
    return [(ground, list(apply(ground))) for ground in grounds]


def test_there_are_a_hundred_each_once():
    assert [edge.number for edge in catalogue()] == list(range(1, 101))


@pytest.mark.parametrize("edge", catalogue(), ids=lambda edge: str(edge.number))
def test_each_case_says_what_goes_wrong_and_who_sees_it(edge):
    assert edge.title
    assert edge.wrong.endswith(".")
    assert edge.needs
    assert edge.oracles
    assert set(edge.oracles) <= set(ORACLES)
    assert edge.shots or edge.hands
    assert family_of(edge.number)[:2] in {f"{letter}." for letter in "ABCDEFGHI"}


def test_each_case_makes_records_or_batches_for_some_contract(applied):
    made = {one.edge.number for _, cases in applied for one in cases if one.applies}
    assert sorted(set(range(1, 101)) - made) == []


def test_same_seed_same_records(applied):
    for ground, cases in applied:
        again = list(apply(Ground(Executor(ground.mapping))))
        shots = [
            dumps(s.record) for c in cases for s in c.shots if not isinstance(s.record, RawJson)
        ]
        others = [
            dumps(s.record) for c in again for s in c.shots if not isinstance(s.record, RawJson)
        ]
        assert shots == others


def test_the_reference_takes_every_record_and_every_batch(applied):
    for ground, cases in applied:
        matcher = Matcher(ground.executor) if ground.mapping.contract.match else None
        for case in cases:
            for shot in case.shots:
                if not isinstance(shot.record, RawJson):
                    done = ground.executor.map(shot.record, shot.old)
                    assert (done.target is None) is bool(done.failures)
            for hand in case.hands:
                decisions = matcher.decide(hand.records, hand.candidates, hand.links)
                assert len(decisions) == len(hand.records)

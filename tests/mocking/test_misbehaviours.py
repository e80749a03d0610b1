"""Every misbehaviour shows from outside, and without it the vendor is sound."""

import pytest

import verifier
from tests.mocking.directing import SAMPLE
from tests.mocking.misbehaving import (
    change,
    credentials,
    duplicates,
    failure,
    limits,
    reach,
    webhooks,
)
from tests.mocking.misbehaving.proofs import PLAIN, visit
from verifier import discovery, mocking
from verifier.errors import UsageError

PROOFS = {
    proof.name: proof
    for module in (reach, webhooks, credentials, failure, duplicates, limits, change)
    for proof in module.PROOFS
}


@pytest.fixture(scope="module")
def contract():
    return verifier.load(SAMPLE)


@pytest.mark.parametrize("name", PROOFS)
def test_it_does_not_show_at_a_sound_vendor_and_shows_at_one_that_misbehaves(contract, name):
    proof = PROOFS[name]
    assert not proof.shows(visit(contract, proof.profile))
    assert proof.shows(visit(contract, proof.profile, name))


def test_every_misbehaviour_is_proved_here_or_by_a_check_that_catches_it():
    caught = {name for check in discovery.checks().values() for name in check.catches}
    assert set(mocking.known()) - caught <= set(PROOFS)
    assert set(PROOFS) <= set(mocking.known())


@pytest.mark.parametrize("name", sorted(mocking.known()))
def test_every_misbehaviour_says_what_it_does_and_what_it_imitates(name):
    title, _, rest = (mocking.known()[name].__doc__ or "").strip().partition("\n")
    assert title.endswith(".")
    assert "Imitates " in rest


def test_an_unknown_one_is_told_with_the_known_ones(contract):
    with pytest.raises(UsageError, match="no misbehaviour 'page-repeat'") as raised:
        visit(contract, PLAIN, "page-repeat")
    assert "page-repeats" in raised.value.mend

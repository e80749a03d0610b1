"""Every check against the sound mock and against every misbehaviour: the whole matrix."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.checks.proving import outcomes_against_mock
from verifier import discovery, loading, mocking
from verifier.model import Level, Status
from verifier.runs import samples

CHECKS = discovery.checks()
TABLE = tomllib.loads(Path(__file__).with_name("matrix.toml").read_text())
ALSO, SOMETIMES, AWAITED = TABLE["also"], TABLE["sometimes"], set(TABLE["awaited"]["checks"])
# Nothing is left out for want of it.
BUDGET = 2400
MISBEHAVIOURS = sorted(set(mocking.known()) - AWAITED)


@cache
def sample_vendor():
    return loading.load_vendor(samples.vendor())


def outcomes_with(*misbehaviours, only=()):
    return outcomes_against_mock(
        sample_vendor(), CHECKS, misbehaviours=misbehaviours, only=only, budget=BUDGET
    )


# Checks that never accuse: what they miss is information.
QUIET = {
    "change.successor-linked",
    "contract.undocumented-field",
    "limits.limits-signalled",
}


def speaking(outcomes):
    """Checks that reported something; information counts only where the check gives no more."""
    return {
        o.check
        for o in outcomes
        for f in o.findings
        if f.level is not Level.INFORMATION or o.check in QUIET
    }


@cache
def sound():
    return outcomes_with()


def test_every_check_is_silent_about_the_sound_mock():
    assert speaking(sound()) == set()
    assert {o.status for o in sound()} <= {Status.PASS, Status.NOT_APPLICABLE, Status.NOT_TESTED}


def test_every_check_that_asks_was_tried_on_the_sound_mock():
    tried = {o.check for o in sound() if o.status is Status.PASS}
    applicable = {o.check for o in sound() if o.status is not Status.NOT_APPLICABLE}
    assert applicable - tried == set()


def test_every_misbehaviour_is_caught_or_awaits_its_check_and_every_catch_exists():
    caught = {name for check in CHECKS.values() for name in check.catches}
    assert caught == set(MISBEHAVIOURS)
    assert set(mocking.known()) >= AWAITED


def named(misbehaviour):
    return {check.id for check in CHECKS.values() if misbehaviour in check.catches}


@pytest.mark.parametrize("name", MISBEHAVIOURS)
def test_the_checks_that_name_a_misbehaviour_speak(name):
    # One check more, so that there is something in the lists to be seen.
    only = sorted(named(name) | {"contract.created-is-readable"})
    assert named(name) <= speaking(outcomes_with(name, only=only))


@pytest.mark.matrix
@pytest.mark.parametrize("name", MISBEHAVIOURS)
def test_no_others_speak_but_those_of_the_reviewed_table(name):
    spoke = speaking(outcomes_with(name)) - set(SOMETIMES.get(name, ()))
    assert spoke == named(name) | set(ALSO.get(name, ()))

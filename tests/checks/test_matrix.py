"""Every check against the sound mock and against every misbehaviour: the whole matrix."""

from functools import cache

import pytest

from verifier import discovery, mocking
from verifier.proving import SOUND, prove_row, reviewed, rows_of

CHECKS = discovery.checks()
MISBEHAVIOURS = rows_of()[1:]


@cache
def sound():
    return prove_row(SOUND)


def test_every_check_is_silent_about_the_sound_mock():
    assert sound().spoke == set()
    assert sound().errored == {}


def test_every_check_that_asks_was_tried_on_the_sound_mock():
    assert sound().untried == {}


def test_every_misbehaviour_is_caught_and_every_catch_exists():
    caught = {name for check in CHECKS.values() for name in check.catches}
    assert caught == set(mocking.known())


@pytest.mark.quick
@pytest.mark.parametrize("name", MISBEHAVIOURS)
def test_the_checks_that_name_a_misbehaviour_speak(name):
    # One check more, so that there is something in the lists to be seen.
    named = reviewed(name).named
    assert set(named) <= prove_row(name, only={*named, "contract.created-is-readable"}).spoke


@pytest.mark.matrix
@pytest.mark.parametrize("name", MISBEHAVIOURS)
def test_no_others_speak_but_those_of_the_reviewed_table(name):
    row = prove_row(name)
    assert row.silent == {}
    assert row.unexpected == set()
    assert row.errored == {}

"""Every check against the sound mock and against every misbehaviour: the whole matrix."""

import asyncio
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.checks.proving import Notebook
from verifier import discovery, loading, mocking, planning, samples
from verifier.generating import Cases
from verifier.model import Environment, Level, SecretReference, Status, Webhooks
from verifier.probing import probe
from verifier.probing.receivers.socket import SocketReceiver
from verifier.probing.transports.asgi import AsgiTransport
from verifier.recording import Redaction

CHECKS = discovery.checks()
TABLE = tomllib.loads(Path(__file__).with_name("matrix.toml").read_text())
ALSO, SOMETIMES, AWAITED = TABLE["also"], TABLE["sometimes"], set(TABLE["awaited"]["checks"])
# For an answer that never comes; no other takes as long here.
PATIENCE_SECONDS = 0.5
# Nothing is left out for want of it.
BUDGET = 2400
MISBEHAVIOURS = sorted(set(mocking.known()) - AWAITED)


@cache
def sample_vendor():
    return loading.load_vendor(samples.vendor())


def outcomes_with(*misbehaviours, only=()):
    vendor = sample_vendor()
    mock = mocking.Mock(vendor.contract, principals=vendor.principals, misbehaviours=misbehaviours)
    vendor = replace(
        vendor,
        base_url="http://mock.test",
        environment=Environment.MOCK,
        allow_writes=True,
        principals=mock.vendor.principals,
        limits=replace(vendor.limits, per_second=0, timeout_seconds=PATIENCE_SECONDS),
    )
    sealed = SecretReference("mock", "webhooks")
    hooks = Webhooks(secret=sealed, delivery_seconds=60.0, retry_seconds=3600.0)
    vendor = replace(vendor, webhooks=hooks)
    secrets = {**mock.vendor.secrets_by_reference(), sealed: mock.vendor.seal.secret}
    journal = Notebook()
    asyncio.run(
        probe(
            planning.plan(vendor, CHECKS, budget=BUDGET, only=only),
            vendor,
            checks=CHECKS,
            cases=Cases(vendor.contract, seed=0, fixtures={}, deep=False),
            transport=AsgiTransport(mock.asgi),
            journal=journal,
            redactor=Redaction(),
            receiver=SocketReceiver(),
            reveal=secrets.__getitem__,
            clock=mocking.LeapingClock(mock),
        )
    )
    return journal.outcomes()


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

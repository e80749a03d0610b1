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
from verifier.model import Environment, Level, Status
from verifier.probing import probe
from verifier.probing.transports.asgi import AsgiTransport
from verifier.recording import Redaction

CHECKS = discovery.checks()
TABLE = tomllib.loads(Path(__file__).with_name("matrix.toml").read_text())
ALSO, AWAITED = TABLE["also"], set(TABLE["awaited"]["checks"])
MISBEHAVIOURS = sorted(set(mocking.known()) - AWAITED)


@cache
def sample_vendor():
    return loading.load_vendor(samples.vendor())


def outcomes_with(*misbehaviours):
    vendor = sample_vendor()
    mock = mocking.MockVendor(
        vendor.contract, principals=vendor.principals, misbehaviours=misbehaviours
    )
    vendor = replace(
        vendor,
        base_url="http://mock.test",
        environment=Environment.MOCK,
        allow_writes=True,
        principals=mock.principals,
        limits=replace(vendor.limits, per_second=0),
    )
    journal = Notebook()
    asyncio.run(
        probe(
            planning.plan(vendor, CHECKS, budget=1500),
            vendor,
            checks=CHECKS,
            cases=Cases(vendor.contract, seed=0, fixtures={}, deep=False),
            transport=AsgiTransport(mocking.asgi(mock)),
            journal=journal,
            redactor=Redaction(),
            reveal=mock.secrets_by_reference().__getitem__,
        )
    )
    return journal.outcomes()


def speaking(outcomes):
    """Checks that reported something; information counts only where the check gives no more."""
    return {
        o.check
        for o in outcomes
        for f in o.findings
        if f.level is not Level.INFORMATION or o.check == "contract.undocumented-field"
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


@pytest.mark.parametrize("name", MISBEHAVIOURS)
def test_the_checks_that_name_a_misbehaviour_speak_and_no_others(name):
    named = {check.id for check in CHECKS.values() if name in check.catches}
    spoke = speaking(outcomes_with(name))
    assert named <= spoke
    assert spoke - named == set(ALSO.get(name, ()))

"""Every check is silent about its healthy specimens and reports its broken ones."""

import time

import pytest

from tests.checks.proving import StillClock, findings_of, outcomes_of
from verifier import discovery
from verifier.model import Status

CHECKS = discovery.checks()
CELLS = [
    pytest.param(check, specimen, id=f"{check.id}-{kind}-{index}")
    for check in CHECKS.values()
    for kind, specimens in check.specimens.items()
    for index, specimen in enumerate(specimens)
]


def cells(kind):
    return [cell for cell in CELLS if f"-{kind}-" in cell.id]


@pytest.mark.parametrize(("check", "specimen"), cells("healthy"))
def test_it_is_silent_about_its_healthy_specimen(check, specimen):
    outcomes = outcomes_of(check, specimen, StillClock(time.time()))
    assert findings_of(outcomes) == []
    assert {o.status for o in outcomes} <= {Status.PASS, Status.NOT_APPLICABLE}
    assert Status.PASS in {o.status for o in outcomes}


@pytest.mark.parametrize(("check", "specimen"), cells("broken"))
def test_it_reports_its_broken_specimen(check, specimen):
    outcomes = outcomes_of(check, specimen, StillClock(time.time()))
    assert findings_of(outcomes)
    assert not {o.status for o in outcomes} & {Status.ERRORED, Status.INCONCLUSIVE}

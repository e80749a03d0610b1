"""What pauses between attempts say, and that a slow or ended machine is no flaw of the program."""

import pytest

from tests.rehearsing.benching import written
from verifier.mocking import Entry
from verifier.mocking.ledger import Step
from verifier.model import Standpoint
from verifier.rehearsing import read_integration
from verifier.rehearsing.contained import Ending
from verifier.rehearsing.performance import Performance, Run
from verifier.rehearsing.repertoire import properties
from verifier.rehearsing.take import Take

GROWING = (0.2, 0.4, 0.8)
LAYERED = (*GROWING, 0.01, *GROWING, 0.01, *GROWING)
SLOW_MACHINE = (0.45, 0.65, 1.05, 0.26, 0.45, 0.65, 1.05)
EQUAL = (0.4, 0.4, 0.4)
NO_PAUSE_ON_A_SLOW_MACHINE = (0.12, 0.12, 0.13)
ENDED = Ending(seconds=10.0, code=None, why="it ran longer than 10 s")
BY_ITSELF = Ending(seconds=8.0, code=1)


@pytest.fixture
def shown(tmp_path):
    integration = read_integration(written(tmp_path, "sound.py"))

    def performed(ending, *works):
        entries, now = [], 0.0
        for place, gaps in enumerate(works):
            for gap in (1.0, *gaps):
                now += gap
                serial = len(entries) + 1
                entry = Entry(serial=serial, moment=0, method="POST", target="/invoices")
                entry.digest = str(place)
                for kind in ("received", "answered"):
                    entry.steps.append(Step(order=serial, kind=kind, seconds=now, says=""))
                entries.append(entry)
        run = Run(ending=ending, first=0, last=len(entries))
        take = Take(name="503 throughout")
        return Performance(take=take, integration=integration, runs=(run,), entries=tuple(entries))

    return performed


def growth(*seen):
    return properties()["gaps-grow"].judge(seen).standpoint


def test_growing_pauses_are_held_and_equal_ones_are_not(shown):
    assert growth(shown(BY_ITSELF, GROWING, GROWING)) is Standpoint.HELD
    assert growth(shown(BY_ITSELF, EQUAL, EQUAL)) is Standpoint.BROKEN


def test_work_that_was_cut_off_tells_nothing_beside_work_that_was_finished(shown):
    cut = SLOW_MACHINE[:4]
    assert growth(shown(ENDED, SLOW_MACHINE, cut)) is Standpoint.HELD
    assert growth(shown(BY_ITSELF, cut)) is Standpoint.BROKEN


def test_one_pause_that_the_machine_lengthened_is_no_flaw(shown):
    assert growth(shown(BY_ITSELF, LAYERED, (9.0, 0.4, 0.8), GROWING)) is Standpoint.HELD


def test_work_that_was_cut_off_is_judged_where_there_is_no_other(shown):
    assert growth(shown(ENDED, EQUAL * 9)) is Standpoint.BROKEN
    assert growth(shown(ENDED, GROWING)) is Standpoint.HELD


def test_where_there_are_no_pauses_their_growth_is_not_judged(shown):
    seen = shown(BY_ITSELF, NO_PAUSE_ON_A_SLOW_MACHINE, NO_PAUSE_ON_A_SLOW_MACHINE)
    assert properties()["pauses"].judge(seen).standpoint is Standpoint.BROKEN
    assert growth(seen) is Standpoint.UNEXERCISED

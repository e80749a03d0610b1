"""What pauses between attempts say, and that a slow or ended machine is no flaw of the program."""

from tests.rehearsing.performing import BY_ITSELF, ended_after
from verifier.model import Standpoint
from verifier.rehearsing.repertoire import properties

GROWING = (0.2, 0.4, 0.8)
LAYERED = (*GROWING, 0.01, *GROWING, 0.01, *GROWING)
SLOW_MACHINE = (0.45, 0.65, 1.05, 0.26, 0.45, 0.65, 1.05)
EQUAL = (0.4, 0.4, 0.4)
NO_PAUSE_ON_A_SLOW_MACHINE = (0.12, 0.12, 0.13)
ENDED = ended_after(10.0)


def growth(*seen):
    return properties()["gaps-grow"].judge(seen).standpoint


def between(seen):
    return properties()["pauses"].judge(seen).standpoint


def test_growing_pauses_are_held_and_equal_ones_are_not(stage):
    assert growth(stage.paused(BY_ITSELF, GROWING, GROWING)) is Standpoint.HELD
    assert growth(stage.paused(BY_ITSELF, EQUAL, EQUAL)) is Standpoint.BROKEN


def test_work_that_was_cut_off_tells_nothing_beside_work_that_was_finished(stage):
    cut = SLOW_MACHINE[:4]
    assert growth(stage.paused(ENDED, SLOW_MACHINE, cut)) is Standpoint.HELD
    assert growth(stage.paused(BY_ITSELF, cut)) is Standpoint.BROKEN


def test_one_pause_that_the_machine_lengthened_is_no_flaw(stage):
    assert growth(stage.paused(BY_ITSELF, LAYERED, (9.0, 0.4, 0.8), GROWING)) is Standpoint.HELD


def test_work_that_was_cut_off_is_judged_where_there_is_no_other(stage):
    assert growth(stage.paused(ENDED, EQUAL * 9)) is Standpoint.BROKEN
    assert growth(stage.paused(ENDED, GROWING)) is Standpoint.HELD


def test_where_there_are_no_pauses_their_growth_is_not_judged(stage):
    seen = stage.paused(BY_ITSELF, NO_PAUSE_ON_A_SLOW_MACHINE, NO_PAUSE_ON_A_SLOW_MACHINE)
    assert between(seen) is Standpoint.BROKEN
    assert growth(seen) is Standpoint.UNEXERCISED


def test_what_the_machine_held_up_makes_no_pause_too_short_to_grow(stage):
    """0.2, 0.4 and 0.8 s, but for a second in which nobody got on before the second attempt."""
    late = ((1.2, 2.2),)
    assert growth(stage.paused(BY_ITSELF, (1.2, 0.4, 0.8))) is Standpoint.BROKEN
    assert growth(stage.paused(BY_ITSELF, (1.2, 0.4, 0.8), late=late)) is Standpoint.UNEXERCISED


def test_what_the_machine_held_up_is_no_pause(stage):
    """No pause at all, and three times a fifth of a second in which nobody got on."""
    none, late = (0.22, 0.22, 0.22), ((1.0, 1.2), (1.22, 1.42), (1.44, 1.64))
    assert between(stage.paused(BY_ITSELF, none)) is Standpoint.HELD
    seen = stage.paused(BY_ITSELF, none, late=late)
    assert between(seen) is Standpoint.UNEXERCISED
    assert growth(seen) is Standpoint.UNEXERCISED


def test_equal_pauses_are_not_taken_for_growing_ones_where_the_machine_lengthened_the_last(stage):
    longer, late = (0.4, 0.4, 0.9), ((1.9, 2.4),)
    assert growth(stage.paused(BY_ITSELF, longer)) is Standpoint.HELD
    assert growth(stage.paused(BY_ITSELF, longer, late=late)) is Standpoint.UNEXERCISED

"""A machine that is slow, or stands still, makes us say nothing; it makes us say nothing false."""

import pytest
from msgspec.structs import replace

from tests.rehearsing.performing import BY_ITSELF, asked, ended_after
from verifier.model import Standpoint
from verifier.rehearsing.contained import Ending
from verifier.rehearsing.judging import doubts, judged_by
from verifier.rehearsing.parcel import Parcel
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.pulse import MOST_TIMES, Pulse, overlap
from verifier.rehearsing.repertoire import find_episode, properties
from verifier.rehearsing.take import Take

HELD, BROKEN, UNSHOWN = Standpoint.HELD, Standpoint.BROKEN, Standpoint.UNEXERCISED
JITTERED = (0.30, 0.33, 0.36, 0.39, 0.42, 0.45, 0.48, 0.51, 0.54)


def said(name, *shown):
    return judged_by(name, shown)[1].standpoint


def told_to_wait(stage, seconds, gap, late=()):
    entries = [asked(1, 1.0, status=429, fault="rate-limited"), asked(2, 1.0 + gap)]
    more = {"form": "seconds", "retry_after": seconds}
    return stage.shown(BY_ITSELF, entries, name="seconds", late=late, **more)


def test_a_wait_that_the_machine_made_long_enough_is_not_praised(stage):
    assert said("waits-as-told", told_to_wait(stage, 1.0, 1.1)) is HELD
    assert said("waits-as-told", told_to_wait(stage, 1.0, 0.3)) is BROKEN
    slow = told_to_wait(stage, 1.0, 1.1, late=((1.2, 2.0),))
    assert said("waits-as-told", slow) is UNSHOWN
    assert said("waits-as-told", told_to_wait(stage, 1.0, 0.5, late=((1.2, 1.4),))) is BROKEN


def first_pauses(stage, gaps, late=()):
    works = [(gap,) for gap in gaps]
    return stage.paused(BY_ITSELF, *works, name="503 (1)", late=late)


def test_pauses_that_the_machine_made_unlike_are_no_jitter(stage):
    assert said("jitter", first_pauses(stage, JITTERED)) is HELD
    assert said("jitter", first_pauses(stage, [0.3] * 9)) is BROKEN
    late, now = [], 0.0
    for gap in JITTERED:
        late.append((now + 1.3, now + 1.0 + gap))  # all that lies beyond 0.3 s
        now += 1.0 + gap
    assert said("jitter", first_pauses(stage, JITTERED, late)) is UNSHOWN


def test_equal_pauses_are_named_though_the_machine_meddled_with_most_of_them(stage):
    gaps, late, now = [], [], 0.0
    for number in range(20):
        gap = 0.3 if number % 5 < 2 else 0.35 + number / 50
        late += [(now + 1.3, now + 1.0 + gap)] if gap > 0.3 else []
        gaps.append(gap)
        now += 1.0 + gap
    assert said("jitter", first_pauses(stage, gaps, late)) is BROKEN


def test_a_client_that_lets_go_is_no_slower_for_a_job_that_had_to_be_ended(stage):
    let_go = asked(1, 1.0, fault="hang", left=4.0)
    waiting = asked(1, 1.0, fault="hang", left=10.5)
    assert said("times-out", stage.shown(BY_ITSELF, [let_go])) is HELD
    assert said("times-out", stage.shown(ended_after(10.0), [let_go])) is HELD
    assert said("times-out", stage.shown(ended_after(10.0), [waiting])) is BROKEN


def test_a_client_that_had_no_time_to_let_go_is_not_blamed(stage):
    ready = asked(1, 1.0, status=200, fault="")
    waiting = asked(2, 7.0, work=1, fault="hang", left=10.5)
    assert said("times-out", stage.shown(ended_after(10.0), [ready, waiting])) is UNSHOWN


def test_an_attempt_that_would_have_come_after_the_end_is_not_missed(stage):
    failed = [asked(1, 1.0, status=200, fault=""), asked(2, 9.9, work=1)]
    assert said("retried", stage.shown(BY_ITSELF, failed)) is BROKEN
    assert said("retried", stage.shown(ended_after(10.0), failed)) is UNSHOWN


@pytest.mark.parametrize("name", ["gives-up", "loop-guarded", "redirects-end", "times-out"])
def test_a_program_that_starts_late_is_not_blamed_for_not_being_at_its_end(stage, name):
    waiting = asked(1, 6.0, fault="hang", left=10.5)
    seen = stage.shown(ended_after(10.0), [waiting], name="late")
    found = judged_by(name, [seen])[1]
    assert found.standpoint is UNSHOWN
    assert "it sent its first request after 6.0 s of 10.0 s" in found.says


def test_an_hour_is_slept_only_by_who_had_the_time_to_stop(stage):
    def slept(at):
        entries = [asked(1, at, status=429, fault="rate-limited")]
        return stage.shown(ended_after(10.0), entries, name="an hour", retry_after=3600.0)

    assert said("long-wait-told", slept(1.0)) is BROKEN
    assert said("long-wait-told", slept(6.0)) is UNSHOWN


@pytest.mark.parametrize("name", sorted(properties().keys() - {"baseline"}))
def test_while_the_machine_stands_still_nothing_is_said(stage, name):
    late = ((1.0, 2.5),)
    seen = stage.paused(BY_ITSELF, (0.01,) * 9, late=late, retry_after=3600.0, form="seconds")
    found = judged_by(name, [seen])[1]
    assert (found.standpoint, found.hidden) == (UNSHOWN, True)
    assert "stood still for 1.5 s" in found.says


def test_a_program_that_starved_is_not_judged(stage):
    ending = Ending(seconds=40.0, code=None, why="it ran longer than 10 s", starved=True)
    seen = stage.paused(ending, (0.5,) * 9)
    assert said("gives-up", seen) is UNSHOWN
    assert said("baseline", seen) is UNSHOWN
    assert said("gives-up", stage.paused(ended_after(40.0), (0.5,) * 9)) is BROKEN


def delivered(stage, **parcel):
    one = Parcel(name="good", thing="x", seconds=2.0, **parcel)
    return Performance(take=Take(name="x"), integration=stage.integration, parcels=(one,))


def test_a_delivery_that_the_machine_kept_from_being_answered_is_not_late(stage):
    assert said("answers-in-time", delivered(stage, status=204)) is HELD
    assert said("answers-in-time", delivered(stage, status=0)) is BROKEN
    assert said("answers-in-time", delivered(stage, status=0, starved=True)) is UNSHOWN


@pytest.mark.parametrize("name", ["late-accepted", "unknown-event-accepted"])
def test_what_is_answered_too_late_was_not_refused(stage, name):
    kind = name.partition("-")[0]

    def told(**parcel):
        one = Parcel(name=kind, thing="x", seconds=2.0, status=0, **parcel)
        return Performance(take=Take(name=kind), integration=stage.integration, parcels=(one,))

    assert said(name, told()) is BROKEN  # the connection was broken off
    assert said(name, told(late=True)) is UNSHOWN


def test_whoever_is_refused_a_connection_may_have_come_back_too_early(stage):
    refused = asked(1, 1.0, fault="refuse")
    assert said("retried", stage.shown(BY_ITSELF, [refused])) is UNSHOWN
    went_on = asked(2, 2.0, work=1, status=201, fault="")
    assert said("retried", stage.shown(BY_ITSELF, [refused, went_on])) is BROKEN


def test_what_one_take_hides_is_not_made_up_for_by_another(stage):
    patient = told_to_wait(stage, 1.0, 1.1)
    hidden = told_to_wait(stage, 1.0, 1.1, late=((1.2, 2.0),))
    assert said("waits-as-told", patient, patient) is HELD
    assert said("waits-as-told", patient, hidden) is UNSHOWN


def test_takes_that_are_too_few_because_the_machine_stood_still_say_so(stage):
    few = first_pauses(stage, [0.3] * 4)
    still = first_pauses(stage, [0.3] * 9, late=((1.0, 2.5),))
    assert not judged_by("jitter", [few])[1].hidden
    assert "stood still" in judged_by("jitter", [few, still])[1].says


def places(episode, *shown):
    return [(doubt.place, doubt.broken) for doubt in doubts(episode, shown)]


def test_what_the_clock_says_is_broken_is_asked_again_by_itself(stage):
    early, patient = told_to_wait(stage, 1.0, 0.3), told_to_wait(stage, 1.0, 1.1)
    hidden = told_to_wait(stage, 1.0, 1.1, late=((1.2, 2.0),))
    limit = replace(find_episode("limit"), properties=("waits-as-told",))
    assert places(limit, patient, early) == [(1, True)]
    assert places(limit, hidden) == [(0, False)]
    assert places(limit, patient, hidden) == [(1, False)]
    key = replace(find_episode("lost"), properties=("same-key",))
    assert places(key, stage.shown(BY_ITSELF, [asked(1, 1.0), asked(2, 1.1)])) == []


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def test_time_in_which_the_machine_is_held_up_does_not_count():
    clock = Clock()
    pulse = Pulse(clock=clock)
    patience = pulse.patience(10.0)
    clock.now = 9.0
    assert patience.left == pytest.approx(1.0)
    pulse.note(due=2.0, woken=5.0)
    pulse.note(due=8.5, woken=8.501)  # as always
    assert patience.left == pytest.approx(4.0)
    clock.now = 13.0
    assert patience.left == pytest.approx(0.0)
    assert not patience.starved


def test_patience_has_an_end_on_any_machine():
    clock = Clock()
    pulse = Pulse(clock=clock)
    patience = pulse.patience(10.0)
    clock.now = 10.0 * MOST_TIMES
    pulse.note(due=0.1, woken=clock.now)
    assert patience.left <= 0
    assert patience.starved


def test_a_pulse_notes_when_it_was_kept_waiting():
    pulse = Pulse()
    with pulse.beating():
        began = pulse.clock()
        sum(range(6_000_000))  # one long step in which no other thread of ours gets on
        until = pulse.clock()
    assert overlap(pulse.late(began, until), began, until) > (until - began) / 2

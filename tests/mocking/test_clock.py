"""Time in the mock flows, stands still, and moves on when it is told to."""

import asyncio
import threading
import time

import pytest

from verifier.errors import UsageError
from verifier.mocking.clock import MovableClock

START = 1_800_000_000.0
PATIENCE_SECONDS = 30


def test_a_frozen_clock_moves_by_what_it_is_told_and_by_nothing_else():
    clock = MovableClock(START, frozen=True)
    time.sleep(0.01)
    assert clock.now() == START
    assert clock.advance(3600) == START + 3600


def test_a_flowing_clock_flows_and_can_be_moved_on():
    clock = MovableClock(START)
    clock.advance(3600)
    first = clock.now()
    time.sleep(0.01)
    assert START + 3600 <= first < clock.now()


@pytest.mark.parametrize("seconds", [-1, float("inf"), float("nan"), 1e12])
def test_it_never_goes_back_or_beyond_what_a_date_can_tell(seconds):
    clock = MovableClock(START, frozen=True)
    with pytest.raises(UsageError, match="cannot be moved"):
        clock.advance(seconds)
    assert clock.now() == START


def test_what_is_due_happens_in_order_of_its_time_and_sees_that_time():
    clock = MovableClock(START, frozen=True)
    seen = []
    for seconds in (30, 10, 20):
        clock.at(START + seconds, lambda: seen.append(clock.now() - START))
    clock.at(START + 10, lambda: clock.at(START + 15, lambda: seen.append("a second attempt")))
    clock.advance(9)
    assert seen == []
    clock.advance(16)
    assert seen == [10, "a second attempt", 20]
    assert clock.now() == START + 25
    clock.advance(5)
    assert seen[-1] == 30


def test_what_was_cancelled_and_what_fails_stop_nothing_else(caplog):
    clock = MovableClock(START, frozen=True)
    seen = []
    clock.at(START + 1, lambda: seen.append("cancelled")).cancel()
    clock.at(START + 2, lambda: 1 / 0)
    clock.at(START + 3, lambda: seen.append("well"))
    clock.advance(10)
    assert seen == ["well"]
    assert "failed" in caplog.text


def test_while_time_flows_things_happen_by_themselves_and_the_thread_ends_with_them():
    clock = MovableClock()
    happened = threading.Event()
    clock.at(clock.now() + 3600, lambda: None).cancel()
    clock.at(clock.now() + 0.02, happened.set)
    assert happened.wait(PATIENCE_SECONDS)
    until = time.monotonic() + PATIENCE_SECONDS
    while any(t.name == "verifier-clock" for t in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.005)


def test_freezing_stops_what_was_about_to_happen_and_flowing_lets_it_happen():
    real = [0.0]
    clock = MovableClock(START, real=lambda: real[0])
    happened = threading.Event()
    clock.at(START + 0.03, happened.set)
    clock.freeze()
    real[0] = 1.0
    assert not happened.wait(0.06)
    clock.flow()
    assert not happened.wait(0.06)
    real[0] = 2.0
    assert happened.wait(PATIENCE_SECONDS)


def test_an_hour_is_slept_in_no_time():
    async def sleep():
        clock = MovableClock(START, frozen=True)
        sleeping = asyncio.create_task(clock.sleep(3600))
        await asyncio.sleep(0)
        clock.advance(3599)
        await asyncio.sleep(0.01)
        assert not sleeping.done()
        clock.advance(1)
        await asyncio.wait_for(sleeping, PATIENCE_SECONDS)

    asyncio.run(sleep())


def test_a_skew_is_seen_within_its_block_only_and_by_its_thread_only():
    clock = MovableClock(START, frozen=True)
    others = []
    with clock.skewed(-300):
        assert clock.now() == START - 300
        thread = threading.Thread(target=lambda: others.append(clock.now()))
        thread.start()
        thread.join()
    assert (clock.now(), others) == (START, [START])

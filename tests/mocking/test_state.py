"""What the mock keeps remembers what was done to it."""

import pytest

from verifier.mocking.clock import MovableClock
from verifier.mocking.state import Row, State


@pytest.fixture
def clock():
    return MovableClock(1_800_000_000.0, frozen=True)


@pytest.fixture
def state(clock):
    return State(clock.now)


def row(id, **value):
    return Row(resource="thing", id=id, tenant="one", path={}, value=value)


def kept(state):
    return {r.id: r.value for r in state.all("thing", "one", {})}


def acts(state, since=0):
    return [(c.act, c.id) for c in state.changes_since(since)]


def test_every_change_is_noted_once_and_in_order(state):
    one = row("a", n=1)
    state.add(one)
    before = state.changed
    state.change(one, {"n": 2})
    state.remove(one)
    state.remove(one)
    assert acts(state) == [("created", "a"), ("changed", "a"), ("removed", "a")]
    assert acts(state, before) == [("changed", "a"), ("removed", "a")]
    assert acts(state, state.changed) == []


def test_an_earlier_moment_can_be_shown_and_the_present_comes_back(state, clock):
    one, two = row("a", n=1), row("b", n=1)
    state.add(one)
    state.add(two)
    moment = clock.now()
    clock.advance(10)
    state.change(one, {"n": 2})
    state.remove(two)
    state.add(row("c", n=1))
    present = kept(state)
    assert present == {"a": {"n": 2}, "c": {"n": 1}}
    with state.rewound(moment):
        assert kept(state) == {"a": {"n": 1}, "b": {"n": 1}}
        assert state.get("thing", "a", "one").version == 1
    with state.rewound(moment - 1):
        assert kept(state) == {}
    assert kept(state) == present

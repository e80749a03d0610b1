"""What the mock keeps remembers what was done to it."""

import pytest

from verifier.mocking.clock import MovableClock
from verifier.mocking.state import EVERYBODY, Row, State


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


def test_what_is_in_a_place_is_found_without_it_and_is_gone_with_the_last(state):
    def owned(tenant, place):
        made = Row(resource="thing", id="a", tenant=tenant, path={}, value={}, place=place)
        state.add(made)
        return made

    first, second, shared = owned("one", "x"), owned("one", "y"), owned(EVERYBODY, "z")
    assert state.get("thing", "a", "one") is first
    assert state.get("thing", "a", "one", "y") is second
    assert state.get("thing", "b", "one") is None
    state.remove(first)
    assert state.get("thing", "a", "one") is second
    state.remove(second)
    assert state.get("thing", "a", "one") is state.get("thing", "a", "two") is shared
    state.remove(shared)
    assert state.get("thing", "a", "one") is None


def test_a_tenant_sees_its_own_and_everybodys_in_the_order_of_their_making(state):
    def owned(id, tenant, **path):
        made = Row(resource="thing", id=id, tenant=tenant, path=path, value={})
        state.add(made)
        return made

    def seen(tenant, **path):
        return [r.id for r in state.all("thing", tenant, path)]

    owned("a", "one", shop="x")
    shared = owned("b", EVERYBODY, shop="y")
    owned("c", "two", shop="x")
    owned("d", "one", shop="y")
    assert seen("one") == ["a", "b", "d"]
    assert seen("two") == ["b", "c"]
    assert seen("three") == seen(EVERYBODY) == ["b"]
    assert seen("one", shop="y") == ["b", "d"]
    state.remove(shared)
    assert (seen("one"), seen("two"), seen("three")) == (["a", "d"], ["c"], [])
    state.put(Row(resource="thing", id="a", tenant="one", path={"shop": "z"}, value={"n": 2}))
    assert seen("one") == ["a", "d"]
    assert seen("one", shop="z") == ["a"]

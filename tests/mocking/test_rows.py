"""What is kept, looked at in part."""

import random

import pytest

from verifier.mocking.rows import Rows
from verifier.mocking.state import EVERYBODY, Row, State

HELD = dict(enumerate("abcdef"))
PARTS = (
    *(slice(None), slice(2), slice(2, 4), slice(4, 99), slice(-2, None), slice(9, 12)),
    *(slice(None, None, -1), slice(0, 6, 2), slice(4, 1, -1)),
)


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("index", [0, -1, 5, *PARTS])
def test_rows_are_those_of_a_list(index, back):
    listed = list(HELD.values())
    expected = (listed[::-1] if back else listed)[index]
    rows = Rows(HELD, back=back)
    found = rows[index]
    assert [expected, len(listed)] == [found if isinstance(index, int) else list(found), len(rows)]


def row(number, tenant, place):
    first, _, second = place.partition("/")
    path = {"owner": first, "repo": second} if place else {}
    return Row("issues", str(number), tenant, path, {"number": number}, place=place)


@pytest.mark.parametrize("seed", range(5))
def test_rows_of_a_place_are_those_whose_paths_hold_it(seed):
    die, state, kept = random.Random(seed), State(), []
    places, tenants = ["ada/x", "ada/y", "bob/x"], ["a", "b", EVERYBODY]
    for number in range(120):
        if kept and die.random() < 0.3:
            state.remove(kept.pop(die.randrange(len(kept))))
            continue
        kept.append(row(number, die.choice(tenants[: 2 + (seed > 2)]), die.choice(places)))
        state.add(kept[-1])
    for place in (*places, "bob/y"):
        owner, _, repo = place.partition("/")
        wanted = {"owner": owner, "repo": repo}
        for tenant in ("a", "b"):
            expected = [r for r in kept if r.place == place and r.tenant in (tenant, EVERYBODY)]
            assert expected == list(state.all("issues", tenant, wanted))
            assert expected == list(state.all("issues", tenant, wanted, place))

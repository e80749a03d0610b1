"""Shrinking: smaller and smaller, of the same label, until nothing can go."""

import pytest

from tests.generating.specimens import by_aspect, shop
from verifier.generating import Cases
from verifier.model import Validity
from verifier.validating import judge_request

SHOP = shop()


def shrunk(case, fails, cases=None):
    """The end of a shrinking, and everything that was offered on the way."""
    steps = (cases or Cases(SHOP, seed=0, fixtures={})).shrink(case)
    offered = []
    try:
        candidate = next(steps)
        while True:
            offered.append(candidate)
            candidate = steps.send(fails(candidate))
    except StopIteration as done:
        return done.value, offered


def drawn(key):
    found = Cases(SHOP, seed=0, fixtures={}, deep=False).cases(SHOP.operation(key), limit=1000)
    return by_aspect(found)


def test_what_always_fails_becomes_the_least_valid_request():
    best, _ = shrunk(drawn("POST /customers")["plain"], lambda case: True)
    assert set(best.draft.body) == {"email"}
    assert best.phase == "shrunk"


def test_what_the_failure_hangs_on_stays():
    case = drawn("POST /customers")["longest:body/name"]
    best, _ = shrunk(case, lambda c: len((c.draft.body or {}).get("name", "")) > 8)
    assert set(best.draft.body) == {"email", "name"}
    assert 8 < len(best.draft.body["name"]) <= 16


def test_nothing_smaller_that_fails_leaves_the_case_itself():
    case = drawn("POST /customers")["plain"]
    assert shrunk(case, lambda c: False)[0] is case


@pytest.mark.parametrize(
    "aspect", ["too-long:body/name", "bad-enum:body/status", "missing-required:body/email"]
)
def test_a_broken_request_stays_broken_in_the_same_way(aspect):
    case = drawn("POST /customers")[aspect]
    operation = SHOP.operation(case.operation)
    before = {(v.path, v.keyword) for v in judge_request(operation, case.draft)}
    best, offered = shrunk(case, lambda c: True)
    assert best.aspect == aspect
    for candidate in offered:
        assert {(v.path, v.keyword) for v in judge_request(operation, candidate.draft)} == before


def test_a_valid_request_stays_valid():
    case = drawn("POST /orders")["plain"]
    operation = SHOP.operation(case.operation)
    _, offered = shrunk(case, lambda c: True)
    assert offered
    assert all(judge_request(operation, c.draft) == () for c in offered)
    assert all(c.validity is Validity.VALID for c in offered)


def test_malformed_bytes_are_left_alone_and_the_rest_is_shrunk():
    case = drawn("POST /customers")["malformed-json:body"]
    best, offered = shrunk(case, lambda c: True)
    assert best.draft.raw_body == case.draft.raw_body
    assert all(c.draft.raw_body == case.draft.raw_body for c in offered)


def test_it_is_bounded_and_offers_nothing_twice():
    case = drawn("POST /orders")["plain"]
    _, offered = shrunk(case, lambda c: len(repr(c.draft)) % 3 == 0)
    assert len(offered) <= 60
    assert len({repr(c.draft) for c in offered}) == len(offered)

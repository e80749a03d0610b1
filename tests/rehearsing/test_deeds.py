"""What counts as an answer that a program can rely on."""

import pytest

from verifier.mocking import Entry
from verifier.rehearsing.deeds import succeeded


def answered(status, fault=""):
    entry = Entry(serial=1, moment=0, method="GET", target="/things", fault=fault)
    entry.status = status
    return entry


@pytest.mark.parametrize("status", [200, 201, 204, 304])
def test_a_good_answer_is_one(status):
    assert succeeded(answered(status))


@pytest.mark.parametrize(
    ("status", "fault"),
    [(0, ""), (301, ""), (404, ""), (503, ""), (200, "truncated-body"), (201, "hang")],
)
def test_a_refusal_and_an_answer_that_was_spoiled_are_none(status, fault):
    assert not succeeded(answered(status, fault))

"""Two ways of saying the same are the same, and a clock is not a counter."""

import pytest

from verifier.checks.comparing import differences, runs, same


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("PT0S", 0.0),
        ("PT1H30M", 5400),
        ("P1DT0.5S", 86400.5),
        ("PT90S", "PT1M30S"),
        ("2026-01-01T10:00:00Z", "2026-01-01T11:00:00+01:00"),
        ("2026-01-01T10:00:00Z", 1767261600),
        ("2026-01-01T10:00:00.250Z", 1767261600250),
        ("19.90", "19.90"),
        (19.9, "19.90"),
        (False, "false"),
    ],
)
def test_what_means_the_same_is_the_same(sent, shown):
    assert same(sent, shown)
    assert list(differences({"a": sent}, {"a": shown})) == []


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("PT1M", 61),
        ("PT1M", "PT61S"),
        ("PT1M", None),
        ("P", "PT"),
        ("PT", 0),
        ("007", 7),
        ("2026-01-01T10:00:00Z", 1767265200),
        (True, "false"),
    ],
)
def test_what_means_something_else_is_not(sent, shown):
    assert list(differences({"a": sent}, {"a": shown})) == [("/a", sent, shown)]


def test_a_number_that_goes_on_as_time_does_is_a_clock():
    assert runs(0.046915, 0.056715, 0.0095, 0.0099)
    assert runs(46.9, 56.7, 0.0095, 0.0099)


def test_a_clock_that_is_read_on_a_busy_machine_is_one_still():
    assert runs(1.5, 4.25, 0.0, 6.0)
    assert not runs(1.5, 21.5, 0.0, 6.0)


def test_what_goes_on_by_itself_or_by_steps_is_none():
    assert not runs(3, 4, 1.0, 1.0)
    assert not runs(0.5, 20.5, 0.01, 0.01)
    assert not runs(1.0, 1.0, 0.5, 0.5)
    assert not runs("1.5", "2.5", 1.0, 1.0)

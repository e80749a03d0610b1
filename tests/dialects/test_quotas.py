"""What answers tell of limits is read in every dialect that the mock speaks; garbage is not."""

import datetime

import pytest

from verifier.dialects.quotas import quotas_in, tightest
from verifier.mocking.limits import known
from verifier.mocking.limits.reading import Reading
from verifier.model import LimitRule, Response

NOW = 1_790_000_000.0
READING = Reading(rule=LimitRule(quota=40, window_seconds=60.0), remaining=32, reset_seconds=25.0)
# Dialects that say something on a refusal only.
MUTE = {"aws", "azure", "retry-after", "retry-after-date", "stripe"}


def told(**headers):
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return quotas_in(Response(status=200, headers=named), NOW)


@pytest.mark.parametrize("dialect", sorted(set(known()) - MUTE))
def test_what_the_mock_tells_in_a_dialect_is_read_again(dialect):
    headers = known()[dialect].tell([READING], NOW)
    tight = tightest(quotas_in(Response(status=200, headers=headers), NOW))
    assert tight.remaining == 32
    assert tight.reset_seconds is None or abs(tight.reset_seconds - 25.0) <= 1.0


def test_nothing_is_read_where_nothing_is_told():
    assert told(Content_Type="application/json", Retry_After="3") == ()


@pytest.mark.parametrize(
    ("reset", "seconds", "form"),
    [
        ("25", 25.0, "seconds"),
        (str(int(NOW) + 25), 25.0, "epoch"),
        (str((int(NOW) + 25) * 1000), 25.0, "epoch-milliseconds"),
        ("6m0s", 360.0, "length"),
        ("250ms", 0.25, "length"),
        (datetime.datetime.fromtimestamp(NOW + 25, datetime.UTC).isoformat(), 25.0, "time"),
        ("tomorrow", None, ""),
        ("-5", None, ""),
        ("9" * 40, None, ""),
    ],
)
def test_a_reset_is_read_in_the_form_in_which_it_is_told(reset, seconds, form):
    (quota,) = told(X_RateLimit_Remaining="3", X_RateLimit_Reset=reset)
    assert (quota.reset_seconds, quota.reset_form) == (pytest.approx(seconds), form)


def test_each_policy_is_read_with_its_own_quota_and_the_tightest_counts():
    quotas = told(
        RateLimit_Policy='"burst";q=100;w=60, "daily";q=1000;w=86400',
        RateLimit='"burst";r=50;t=30, "daily";r=7;t=3600',
    )
    assert [(q.name, q.quota, q.remaining) for q in quotas] == [
        ("burst", 100, 50),
        ("daily", 1000, 7),
    ]
    assert tightest(quotas).name == "daily"
    assert quotas[0].per_second == pytest.approx(100 / 60)


@pytest.mark.parametrize("value", ["", '"', ";;;", "a" * 5000, '"x";r=many', "\x00;r=1"])
def test_garbage_is_no_limit(value):
    assert tightest(told(RateLimit=value)) is None

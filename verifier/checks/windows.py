"""Whether what two answers tell of a limit fits to the time that lay between them."""

from __future__ import annotations

from verifier.dialects.quotas import Quota
from verifier.model import Exchange

__all__ = ["Reading", "nearer", "one_window", "too_far"]

SLACK_SECONDS, ROUNDING_SECONDS = 2.0, 1.0
FURTHEST_SECONDS = 40 * 86_400.0
Reading = tuple[Exchange, Quota]


def one_window(before: Reading, after: Reading) -> bool:
    """Whether an answer came before the reset that the one before it told; unsaid, it did."""
    told = before[1].reset_seconds
    # A whole number of seconds was rounded up, and a bucket is a little fuller at any time.
    return told is None or after[0].ended - before[0].ended < told - ROUNDING_SECONDS


def too_far(quota: Quota) -> bool:
    """Whether a reset is beyond the window, or so far away that nobody can mean it."""
    if quota.reset_seconds is None:
        return False
    window = quota.window_seconds
    furthest = FURTHEST_SECONDS if window is None else 2 * window + SLACK_SECONDS
    return quota.reset_form == "epoch-milliseconds" or quota.reset_seconds > furthest


def nearer(before: Reading, after: Reading) -> bool:
    """Whether a reset came nearer by about the time that passed, or a new window began."""
    first, second = before[1].reset_seconds, after[1].reset_seconds
    if first is None or second is None or second > first:
        return True
    # The one was made once we had asked, the other before we heard of it.
    passed = after[0].ended - before[0].started
    return first - second <= passed + SLACK_SECONDS

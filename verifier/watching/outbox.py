"""Delivers news: tried again until a channel has taken it, and never lost."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from verifier.model import Channel
from verifier.watching.store import Store

__all__ = ["Delivery", "deliver"]

# Seconds until the next attempt, after the first, the second ... and every further failure.
WAITS = (60.0, 300.0, 1800.0, 7200.0, 21600.0)


class Delivery(Struct, frozen=True, kw_only=True):
    """What came of one emptying of the outbox: deliveries made, and channels that failed."""

    made: int
    failed: Mapping[str, str]


def deliver(store: Store, channels: Mapping[str, Channel], now: float) -> Delivery:
    """
    Hand over what is due.

    A channel that failed is not asked again in the same round, so that news arrives in order. After
    a crash between the handing over and the noting of it, the channel is asked once more with the
    same id: whoever keeps to it sees the news once.

    Args:
        channels: Name to channel; news of a channel that is no longer known waits.
    """
    made = 0
    failed: dict[str, str] = {}
    for item in store.pending(now):
        channel = channels.get(item.channel)
        if channel is None or item.channel in failed:
            continue
        try:
            channel.deliver(item.news)
        except Exception as error:  # noqa: BLE001  (a channel may be anybody's code)
            failed[item.channel] = f"{type(error).__name__}: {error}"
            wait = WAITS[min(item.attempts, len(WAITS) - 1)]
            with store.together():
                store.failed(item.news.id, item.channel, now + wait, failed[item.channel])
            continue
        with store.together():
            store.delivered(item.news.id, item.channel, now)
        made += 1
    return Delivery(made=made, failed=failed)

"""The watcher: a round over all vendors that are due, then the outbox; once or for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from verifier.errors import UsageError, nearest
from verifier.model import Announcement, Channel, Impact, Watched, announcement_id
from verifier.watching.deadlines import THRESHOLDS
from verifier.watching.looks import Found
from verifier.watching.outbox import Delivery, deliver
from verifier.watching.settling import settle
from verifier.watching.spreading import Spread, Task
from verifier.watching.store import Store

__all__ = ["Round", "WatchClock", "Watcher"]

JITTER = 0.1
LONGEST_NAP_SECONDS = 300.0
LONGEST_SLEEP_SECONDS = 1.0
DAY = 86400.0
NO_NEWS = "no-news"


class WatchClock(Protocol):
    """Time as an argument: real, or a test's."""

    def now(self) -> float:
        """Seconds since the epoch."""

    def sleep(self, seconds: float) -> None:
        """Let time pass."""


class Round(Struct, frozen=True, kw_only=True):
    """
    What came of one round.

    Args:
        looked: Vendors that were looked at.
        failed: Vendors whose document could not be had, with the reason.
        doubted: Vendors whose new document cannot be believed.
        news: What was announced.
        first: How many were looked at for the first time: what is compared with from now on.
    """

    looked: tuple[str, ...]
    failed: Mapping[str, str]
    doubted: tuple[str, ...]
    news: tuple[Announcement, ...]
    delivery: Delivery
    first: int = 0


class Watcher:
    """
    Watches vendors.

    Args:
        subjects: Whom.
        heartbeat_days: After how many days without news it says that there is none; 0 for never.
        heartbeat_channels: Who is told so.
        ping: Called after each round that went through: a dead man's switch elsewhere notices when
            it is no longer called.
        publish: Called after each round, to write calendars and feeds.
        spread: Who looks: threads of ours, or other machines.
        thresholds: Days before an end at which it is told again.
    """

    def __init__(
        self,
        subjects: Sequence[Watched],
        *,
        store: Store,
        spread: Spread,
        channels: Mapping[str, Channel],
        clock: WatchClock,
        heartbeat_days: float = 7.0,
        heartbeat_channels: tuple[str, ...] = (),
        ping: Callable[[], None] | None = None,
        publish: Callable[[Store, float], None] | None = None,
        thresholds: Sequence[int] = THRESHOLDS,
    ) -> None:
        self._subjects = tuple(subjects)
        self._store = store
        self._spread = spread
        self._channels = channels
        self._clock = clock
        self._heartbeat_days = heartbeat_days
        self._heartbeat_channels = heartbeat_channels
        self._ping = ping
        self._publish = publish
        self._thresholds = tuple(thresholds)

    def round(self, *, everybody: bool = False) -> Round:
        """
        Look at whoever is due, tell what is new, deliver what is waiting.

        Args:
            everybody: Look at all, due or not.
        """
        now = self._clock.now()
        due = [s for s in self._subjects if everybody or self._due(s) <= now]
        news: list[Announcement] = []
        failed: dict[str, str] = {}
        doubted: list[str] = []
        tasks = [Task(subject, self._store.vendor(subject.name)) for subject in due]
        for one in self._spread(tasks, now):
            news += settle(one, self._store, self._thresholds)
            _note(one, failed, doubted)
        beat = self._beat(now)
        news += [beat] if beat is not None else []
        delivery = deliver(self._store, self._channels, now)
        if self._publish is not None:
            self._publish(self._store, now)
        if self._ping is not None:
            self._ping()
        return Round(
            looked=tuple(subject.name for subject in due),
            failed=failed,
            doubted=tuple(doubted),
            news=tuple(news),
            delivery=delivery,
            first=sum(not task.digest for task in tasks),
        )

    def run(
        self,
        stop: Callable[[], bool] = lambda: False,
        heard: Callable[[Round], None] = lambda done: None,
    ) -> None:
        """
        Round after round, until told to stop; ``heard`` is given what came of each.

        Naps are short, so that a machine that slept catches up at once: what is due by the clock on
        the wall is done when it wakes.
        """
        while not stop():
            heard(self.round())
            left = self.nap()
            while left > 0 and not stop():
                # A signal does not wake a sleep, so nobody waits longer than this for us to stop.
                self._clock.sleep(min(left, LONGEST_SLEEP_SECONDS))
                left -= LONGEST_SLEEP_SECONDS

    def try_channels(self) -> dict[str, str]:
        """Send a trial message through each channel: name to what failed, empty where nothing."""
        now = self._clock.now()
        failed = {}
        for name, channel in self._channels.items():
            try:
                channel.deliver(_trial(now))
                failed[name] = ""
            except Exception as error:  # noqa: BLE001  (a channel may be anybody's code)
                failed[name] = f"{type(error).__name__}: {error}"
        return failed

    def accept(self, name: str) -> None:
        """
        Take the newest document of a vendor for its word at the next look, whatever it lost.

        Raises:
            UsageError: There is no such vendor.
        """
        known = [subject.name for subject in self._subjects]
        if name not in known:
            mend = nearest(name, known, f"Known: {', '.join(known)}.")
            raise UsageError(f"there is no vendor '{name}'", mend=mend)
        with self._store.together():
            self._store.keep_vendor(name, {**self._store.vendor(name), "accept": True})

    def nap(self) -> float:
        """Seconds until something is due, at most five minutes."""
        now = self._clock.now()
        waits = [self._due(subject) - now for subject in self._subjects]
        return max(1.0, min([*waits, LONGEST_NAP_SECONDS]))

    def _due(self, subject: Watched) -> float:
        """
        When a vendor is to be looked at again: a little earlier or later than asked for, so that
        not all are asked in one second, and always the same for the same look.
        """
        checked = self._store.vendor(subject.name).get("checked")
        if checked is None:
            return 0.0
        seed = hashlib.sha256(f"{subject.name} {checked}".encode()).digest()
        share = int.from_bytes(seed[:4], "big") / 2**32
        return float(checked) + subject.every_seconds * (1 + JITTER * (2 * share - 1))

    def _beat(self, now: float) -> Announcement | None:
        """That there is no news, once in a while: silence could also be a dead watcher."""
        if not self._heartbeat_days or not self._heartbeat_channels:
            return None
        period = self._heartbeat_days * DAY
        with self._store.together():
            since = self._store.fact("heartbeat")
            if since is None:
                self._store.keep_fact("heartbeat", now)
                return None
            if now - since < period:
                return None
            self._store.keep_fact("heartbeat", now)
            if any(item.kind != NO_NEWS for item in self._store.news(since=since)):
                return None
            beat = _no_news(len(self._subjects), since, now, self._store.undelivered())
            return beat if self._store.announce(beat, self._heartbeat_channels) else None


def _note(found: Found, failed: dict[str, str], doubted: list[str]) -> None:
    if found.error is not None:
        failed[found.subject.name] = str(found.error)
    for part, error in found.troubles.items():
        failed[f"{found.subject.name} ({part})"] = str(error)
    if found.doubt:
        doubted.append(found.subject.name)


def _no_news(vendors: int, since: float, now: float, waiting: int) -> Announcement:
    days = (now - since) / DAY
    lines = (f"{waiting} deliveries are still waiting.",) if waiting else ()
    return Announcement(
        id=announcement_id(NO_NEWS, since),
        vendor="watcher",
        kind=NO_NEWS,
        severity=Impact.INFO,
        title=f"No news of {vendors} vendor{'' if vendors == 1 else 's'} in {days:.0f} days;"
        " the watcher is alive",
        lines=lines,
        noticed=now,
    )


def _trial(now: float) -> Announcement:
    return Announcement(
        id=announcement_id("trial", now),
        vendor="watcher",
        kind="trial",
        severity=Impact.INFO,
        title="A trial: news of vendors will come this way",
        noticed=now,
    )

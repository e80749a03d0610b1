"""A watcher made of settings: real files, real addresses, the real clock."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from verifier import loading
from verifier.lifecycle import deadlines
from verifier.model import Channel, Deadline
from verifier.watching import certificates
from verifier.watching.asking import ask, handshakes, read_calendar
from verifier.watching.calendar import calendar
from verifier.watching.deadlines import current
from verifier.watching.editions import Fetch, Library, fetch
from verifier.watching.feed import feed
from verifier.watching.looks import Look
from verifier.watching.page import page
from verifier.watching.service import WatchClock, Watcher
from verifier.watching.settings import Settings, channel_kinds
from verifier.watching.spreading import Spread, Task, Threads
from verifier.watching.store import Store, open_store

__all__ = ["SystemClock", "channels_of", "ledgers", "watcher"]

FEED_ID = "feed"
PING_TIMEOUT_SECONDS = 10.0


class SystemClock:
    """The clock on the wall."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        time.sleep(seconds)


@contextmanager
def watcher(
    settings: Settings,
    *,
    clock: WatchClock | None = None,
    take: Fetch = fetch,
    cluster: str = "",
) -> Iterator[tuple[Watcher, Store]]:
    """
    A watcher with its memory, for this process alone.

    Args:
        cluster: Where looks are carried out: the address of a scheduler, or ``local``; empty for
            threads of this process.

    Raises:
        ConfigError: Another watcher is at work, or something is not as it must be.
        VendorUnreachable: The cluster does not answer.
    """
    with ExitStack() as stack:
        store = stack.enter_context(open_store(settings.state))
        yield (
            Watcher(
                settings.subjects,
                store=store,
                spread=_spread(settings, store, take, cluster, stack),
                channels=channels_of(settings),
                clock=clock or SystemClock(),
                heartbeat_days=settings.heartbeat_days,
                heartbeat_channels=settings.heartbeat_channels,
                ping=(lambda: _ping(settings)) if settings.ping else None,
                publish=lambda store, now: _publish(settings, store, now),
                thresholds=settings.thresholds,
            ),
            store,
        )


def _spread(
    settings: Settings, store: Store, take: Fetch, cluster: str, stack: ExitStack
) -> Spread:
    """Who looks; editions that this machine lacks come from the memory where that has them."""
    library = Library(settings.library)

    def supply(task: Task) -> bytes:
        here = library.packed(task.subject.name, task.digest)
        return here or store.edition(task.subject.name, task.digest)

    def ready(task: Task) -> None:
        name, digest = task.subject.name, task.digest
        parcel = b"" if not digest or library.holds(name, digest) else store.edition(name, digest)
        if parcel:
            library.unpack(name, digest, parcel)

    if cluster:
        from verifier.fleet import joined  # an extra
        from verifier.watching.cluster import Cluster

        return Cluster(stack.enter_context(joined(cluster)), library, supply)
    look = Look(
        library,
        fetch=take,
        probe=ask,
        calendar=read_calendar,
        inspect=handshakes,
        packs=store.shared,
    )
    return Threads(look, settings.workers, ready)


def channels_of(settings: Settings) -> dict[str, Channel]:
    """Name to channel."""
    return {
        name: channel_kinds()[given["kind"]].build(
            given, folder=settings.folder, reveal=loading.reveal
        )
        for name, given in settings.channels.items()
    }


def ledgers(settings: Settings, store: Store) -> Mapping[str, tuple[Deadline, ...]]:
    """Vendor to its deadlines, certificates at the end."""
    return {subject.name: _ledger(subject.name, store) for subject in settings.subjects}


def _ledger(name: str, store: Store) -> tuple[Deadline, ...]:
    state = store.vendor(name)
    said = deadlines(store.sightings(name), store.last_looks(name))
    return (*current(said, state.get("operations", ())), *certificates.ends(state))


def _publish(settings: Settings, store: Store, now: float) -> None:
    if settings.calendar:
        _write(settings.folder / settings.calendar, calendar(ledgers(settings, store).items()))
    if settings.feed:
        _write(settings.folder / settings.feed, _feed(store, now))
    if settings.page:
        states = {subject.name: store.vendor(subject.name) for subject in settings.subjects}
        told = page(settings.subjects, states, ledgers(settings, store), store.news(), now)
        _write(settings.folder / settings.page, told)


def _feed(store: Store, now: float) -> bytes:
    """Two watchers' feeds are two feeds: each has an id of its own, made once and kept."""
    identity = store.fact(FEED_ID)
    if identity is None:
        identity = uuid.uuid4().urn
        with store.together():
            store.keep_fact(FEED_ID, identity)
    return feed(store.news(most=200), now, identity)


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: whoever subscribes may read at any time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    draft.write_bytes(data)
    draft.replace(path)


def _ping(settings: Settings) -> None:
    """Say that we are alive; that nobody hears it is for the other side to notice."""
    import httpx  # start-up time

    if settings.ping is None:
        return
    try:
        httpx.get(loading.reveal(settings.ping), timeout=PING_TIMEOUT_SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL, OSError):
        return

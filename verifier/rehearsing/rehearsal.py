"""The whole rehearsal: calm first, then every episode, several takes at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from msgspec import Struct
from msgspec.structs import replace

from verifier.model import Integration, Judgement, Profile, Standpoint
from verifier.rehearsing.deeds import SAFE
from verifier.rehearsing.episode import CALM, Episode
from verifier.rehearsing.judging import (
    Evidence,
    doubts,
    judged,
    judged_by,
    no_further,
    unshown,
)
from verifier.rehearsing.known import Known
from verifier.rehearsing.mailman import greet
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.repertoire import episodes, find_episode, properties
from verifier.rehearsing.scene import perform
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre, open_theatre

__all__ = ["Rehearsal", "rehearse"]

AT_A_TIME = 4
# Where a calm run had to be ended while the machine was held up for longer, it is made once more.
HELD_UP_SECONDS = 0.5
Watch = Callable[[str, Performance], None]


class Rehearsal(Struct, frozen=True, kw_only=True):
    """
    What a rehearsal leaves.

    Args:
        performances: Episode to what was seen of its takes.
        evidence: Property and episode to the take that shows it best, and its requests that do
            (empty: all).
    """

    profile: Profile
    performances: dict[str, tuple[Performance, ...]]
    evidence: dict[tuple[str, str], Evidence]
    theatre: Theatre


def rehearse(
    integration: Integration,
    *,
    only: Sequence[str] = (),
    seed: int = 0,
    at_a_time: int = AT_A_TIME,
    watch: Watch = lambda episode, performance: None,
) -> Rehearsal:
    """
    Play every episode to an integration, and judge it.

    Args:
        only: What to play (ids of episodes, or of properties: then whatever shows them); empty
            plays all. The calm episode is always played.
        at_a_time: How many takes are performed at once.
        watch: Called with the episode's id after each take.

    Raises:
        VerifierError: The integration's file, its vendor or its records cannot be used.
    """
    began = time.monotonic()
    chosen = _chosen(only)
    theatre = open_theatre(integration, seed=seed)
    stopping = threading.Event()
    shown: dict[str, tuple[Performance, ...]] = {}
    judgements: list[Judgement] = []
    evidence: dict[tuple[str, str], Evidence] = {}
    with theatre.pulse.beating():
        try:
            known = _known(theatre, stopping)
            theatre = replace(theatre, usual=len(known.calm.entries))
            watch(CALM, known.calm)
            shown[CALM] = (known.calm,)
            judgements += judged(find_episode(CALM), shown[CALM], evidence)
            if judgements[0].standpoint is Standpoint.HELD:
                shown |= _played(theatre, known, chosen, at_a_time, stopping, watch)
                _repeat(theatre, chosen, shown, stopping, watch)
        except BaseException:
            stopping.set()
            raise
    for episode in chosen:
        if episode.id in integration.skip:
            judgements += unshown(episode, f"skipped: {integration.skip[episode.id]}")
        elif episode.id not in shown:
            judgements += unshown(episode, no_further(judgements[0]))
        elif episode.id != CALM:
            judgements += judged(episode, shown[episode.id], evidence)
    takes = [performance for each in shown.values() for performance in each]
    profile = Profile(
        integration=integration.name,
        vendor=theatre.contract.title,
        judgements=tuple(judgements),
        seconds=time.monotonic() - began,
        takes=len(takes),
        requests=sum(len(take.entries) for take in takes),
    )
    return Rehearsal(profile=profile, performances=shown, evidence=evidence, theatre=theatre)


def _chosen(only: Sequence[str]) -> list[Episode]:
    """The episodes to play, each with the properties that are asked for."""
    wanted = frozenset(only)
    for name in wanted - properties().keys():
        find_episode(name)
    return [
        replace(each, properties=asked)
        for each in episodes().values()
        if (asked := tuple(p for p in each.properties if not wanted or wanted & {p, each.id}))
    ]


def _known(theatre: Theatre, stopping: threading.Event) -> Known:
    told = greet if theatre.integration.receiver is not None else None
    calm = perform(theatre, Take(name=CALM, direct=told), stopping)
    ended = calm.trouble or any(run.ending.why for run in calm.runs)
    if calm.disturbed or (ended and calm.held_up_seconds > HELD_UP_SECONDS):
        calm = perform(theatre, calm.take, stopping)
    expected = list(theatre.integration.expect.effects)
    effective = [e.operation_id or e.operation for e in calm.entries if e.effects and e.operation]
    named = [e for e in calm.entries if e.operation and e.method in SAFE]
    reads = [e.operation_id or e.operation for e in named]
    lists = {resource.list for resource in theatre.contract.resources if resource.list}
    listed = [e.operation_id or e.operation for e in named if e.operation in lists]
    paths = theatre.mock().vendor.endpoints.paths
    return Known(
        calm=calm,
        writes=tuple(dict.fromkeys([n for n in expected if n in effective] + effective)),
        reads=tuple(dict.fromkeys(reads)),
        paged=tuple(n for n in dict.fromkeys(listed) if listed.count(n) > 1),
        tokens=any(entry.path == paths.token for entry in calm.entries),
    )


def _played(
    theatre: Theatre,
    known: Known,
    chosen: Iterable[Episode],
    at_a_time: int,
    stopping: threading.Event,
    watch: Watch,
) -> dict[str, tuple[Performance, ...]]:
    skipped = theatre.integration.skip
    wanted = [e for e in chosen if e.id != CALM and e.id not in skipped]
    pool = ThreadPoolExecutor(at_a_time, thread_name_prefix="verifier-take")
    running: dict[str, list[Future[Performance]]] = {}

    def performed(episode: Episode, take: Take) -> Performance:
        performance = perform(theatre, take, stopping)
        watch(episode.id, performance)
        return performance

    try:
        for episode in wanted:
            asked = frozenset(episode.properties)
            takes = [t for t in episode.takes(known, theatre) if not t.shows or asked & {*t.shows}]
            running[episode.id] = [pool.submit(performed, episode, take) for take in takes]
        return {name: tuple(each.result() for each in f) for name, f in running.items()}
    except BaseException:
        stopping.set()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _repeat(
    theatre: Theatre,
    chosen: Iterable[Episode],
    shown: dict[str, tuple[Performance, ...]],
    stopping: threading.Event,
    watch: Watch,
) -> None:
    """
    Play by itself, once more, what a busy machine has hidden, or may have broken.

    Where several takes show the same, one that does so by itself speaks for all.
    """
    for episode in chosen:
        takes = shown.get(episode.id, ()) if episode.id != CALM else ()
        again: dict[int, Performance] = {}
        gone: set[int] = set()
        sure: set[str] = set()
        for doubt in doubts(episode, takes):
            if doubt.property in sure:
                continue
            if doubt.place not in again:
                again[doubt.place] = perform(theatre, takes[doubt.place].take, stopping)
                watch(episode.id, again[doubt.place])
            if doubt.broken or not doubt.together:
                gone.add(doubt.place)
            if doubt.broken:
                word = judged_by(doubt.property, [again[doubt.place]])[1]
                sure |= {doubt.property} if word.standpoint is Standpoint.BROKEN else set()
        if again:
            kept = [seen for place, seen in enumerate(takes) if place not in gone]
            shown[episode.id] = (*kept, *again.values())

"""The whole rehearsal: calm first, then every episode, several takes at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from verifier.mocking import Entry
from verifier.model import Integration, Judgement, Profile, Standpoint
from verifier.rehearsing.deeds import SAFE, shown_in
from verifier.rehearsing.episode import CALM, Episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.mailman import greet
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Property, Word, idle
from verifier.rehearsing.repertoire import episodes, find_episode, find_property, properties
from verifier.rehearsing.scene import perform
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre, open_theatre

__all__ = ["Evidence", "Rehearsal", "rehearse"]

AT_A_TIME = 4
Watch = Callable[[str, Performance], None]
Evidence = tuple[Performance, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
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
    try:
        known = _known(theatre, stopping)
        theatre = replace(theatre, usual=len(known.calm.entries))
        watch(CALM, known.calm)
        shown[CALM] = (known.calm,)
        judgements += _judged(find_episode(CALM), shown[CALM], evidence)
        if judgements[0].standpoint is Standpoint.HELD:
            shown |= _played(theatre, known, chosen, at_a_time, stopping, watch)
    except BaseException:
        stopping.set()
        raise
    for episode in chosen:
        if episode.id in integration.skip:
            judgements += _unshown(episode, f"skipped: {integration.skip[episode.id]}")
        elif episode.id not in shown:
            judgements += _unshown(episode, "the program fails where the vendor does not")
        elif episode.id != CALM:
            judgements += _judged(episode, shown[episode.id], evidence)
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


def _judged(
    episode: Episode,
    shown: tuple[Performance, ...],
    evidence: dict[tuple[str, str], Evidence],
) -> list[Judgement]:
    if not shown:
        return _unshown(episode, episode.otherwise)
    made = []
    for name in episode.properties:
        judgement, carried = _judgement(episode, find_property(name), shown)
        evidence[name, episode.id] = carried
        made.append(judgement)
    return made


def _judgement(
    episode: Episode, property: Property, shown: tuple[Performance, ...]
) -> tuple[Judgement, Evidence]:
    """What the takes show together, and which of them shows it: broken in one is broken."""
    words: list[tuple[Performance, Word]]
    if property.together:
        words = [(shown[0], property.judge(shown))]
    else:
        meant = [s for s in shown if not s.take.shows or property.id in s.take.shows]
        words = [(seen, _word(property, seen)) for seen in meant]
        words = words or [(shown[0], idle("nothing that would show it could be played"))]
    order = (Standpoint.BROKEN, Standpoint.HELD, Standpoint.UNEXERCISED)
    seen, word = min(words, key=lambda pair: order.index(pair[1].standpoint))
    seen = word.seen or seen
    judgement = Judgement(
        property=property.id,
        episode=episode.id,
        standpoint=word.standpoint,
        says=word.says,
        severity=property.severity,
        expected=word.expected,
        take=seen.take.name,
        picture=shown_in(seen, word.entries) if seen.entries else None,
    )
    return judgement, (seen, word.entries)


def _word(property: Property, seen: Performance) -> Word:
    if seen.trouble and property.id != "baseline":
        return idle(seen.trouble)
    if seen.unplayed:
        return idle(f"what was to be played never took hold: {seen.unplayed[0]}")
    word: Word = property.judge(seen)
    return word


def _unshown(episode: Episode, why: str) -> list[Judgement]:
    return [
        Judgement(
            property=name,
            episode=episode.id,
            standpoint=Standpoint.UNEXERCISED,
            says=why,
            severity=find_property(name).severity,
        )
        for name in episode.properties
    ]

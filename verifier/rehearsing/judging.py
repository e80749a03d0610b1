"""What takes show of each property: broken in one is broken, and a busy machine shows nothing."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from verifier.mocking import Entry
from verifier.model import Judgement, Standpoint
from verifier.rehearsing.deeds import shown_in
from verifier.rehearsing.episode import Episode
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Property, Word, hidden, idle
from verifier.rehearsing.repertoire import find_property

__all__ = ["Doubt", "Evidence", "doubts", "judged", "judged_by", "no_further", "unshown"]

Evidence = tuple[Performance, tuple[Entry, ...]]
BASELINE = "baseline"


def judged(
    episode: Episode,
    shown: tuple[Performance, ...],
    evidence: dict[tuple[str, str], Evidence],
) -> list[Judgement]:
    """All judgements of an episode; what carries each is put into ``evidence``."""
    if not shown:
        return unshown(episode, episode.otherwise)
    made = []
    for name in episode.properties:
        judgement, carried = _judgement(episode, find_property(name), shown)
        evidence[name, episode.id] = carried
        made.append(judgement)
    return made


def _judgement(
    episode: Episode, property: Property, shown: tuple[Performance, ...]
) -> tuple[Judgement, Evidence]:
    seen, word = judged_by(property.id, shown)
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


def judged_by(name: str, shown: Sequence[Performance]) -> tuple[Performance, Word]:
    """
    What takes show of a property together, and which of them shows it best.

    Args:
        shown: One at least.
    """
    seen, word = min(_words(find_property(name), shown), key=_rank)
    return word.seen or seen, word


def _words(property: Property, shown: Sequence[Performance]) -> list[tuple[Performance, Word]]:
    if property.together:
        return [(shown[0], _together(property, shown))]
    words = [(seen, _word(property, seen)) for seen in _meant(property.id, shown)]
    return words or [(shown[0], idle("nothing that would show it could be played"))]


def _together(property: Property, shown: Sequence[Performance]) -> Word:
    clear = [seen for seen in shown if not seen.disturbed]
    why = next((seen.disturbed for seen in shown if seen.disturbed), "")
    word: Word = property.judge(clear) if clear else hidden(why)
    return hidden(why) if why and word.standpoint is Standpoint.UNEXERCISED else word


def no_further(baseline: Judgement) -> str:
    """Why nothing else is judged."""
    failed = baseline.standpoint is Standpoint.BROKEN
    return "the program fails where the vendor does not" if failed else baseline.says


def _word(property: Property, seen: Performance) -> Word:
    word: Word
    if property.id == BASELINE:
        word = property.judge(seen)
        amiss = word.standpoint is Standpoint.BROKEN and seen.disturbed
        return hidden(seen.disturbed) if amiss else word
    if seen.disturbed:
        return hidden(seen.disturbed)
    if seen.trouble:
        return idle(seen.trouble)
    if seen.unplayed:
        return idle(f"what was to be played never took hold: {seen.unplayed[0]}")
    if seen.runs and seen.hurried:
        return idle(seen.hurried)
    word = property.judge(seen)
    return word


def unshown(episode: Episode, why: str) -> list[Judgement]:
    """None of an episode's properties was exercised, for one reason."""
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


class Doubt(Struct, frozen=True, kw_only=True):
    """
    A take that must be played by itself before it is believed.

    Args:
        place: Among its episode's takes.
        broken: Whether something that real time decides was broken in it; otherwise it could not
            show something, for this machine was busy.
        together: Whether it is one of several that are judged together.
    """

    property: str
    place: int
    broken: bool
    together: bool = False


def doubts(episode: Episode, shown: Sequence[Performance]) -> list[Doubt]:
    """What is to be played by itself, by property."""
    found = []
    for name in episode.properties if shown else ():
        property = find_property(name)
        words = _words(property, shown)
        hides = min(words, key=_rank)[1].hidden
        for seen, word in words:
            broken = word.standpoint is Standpoint.BROKEN and _timed(property, seen)
            takes = _meant(name, shown) if property.together and hides else [word.seen or seen]
            if broken or (hides and word.hidden):
                places = (n for n, one in enumerate(shown) if any(one is take for take in takes))
                found += [
                    Doubt(property=name, place=n, broken=broken, together=property.together)
                    for n in places
                ]
    return found


def _timed(property: Property, seen: Performance) -> bool:
    """Whether real time decides: it is measured, or the program was not given more of it."""
    return property.timed or any(run.ending.why for run in seen.runs)


def _meant(name: str, shown: Sequence[Performance]) -> list[Performance]:
    return [seen for seen in shown if not seen.take.shows or name in seen.take.shows]


def _rank(pair: tuple[Performance, Word]) -> int:
    """Broken in one is broken; and what is hidden in one might be broken there."""
    word = pair[1]
    if word.standpoint is Standpoint.BROKEN:
        return 0
    if word.hidden:
        return 1
    return 2 if word.standpoint is Standpoint.HELD else 3

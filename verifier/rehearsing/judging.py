"""What takes show of each property: broken in one is broken, and a busy machine shows nothing."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking import Entry
from verifier.model import Judgement, Standpoint
from verifier.rehearsing.deeds import shown_in
from verifier.rehearsing.episode import Episode
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Property, Word, hidden, idle
from verifier.rehearsing.repertoire import find_property

__all__ = ["Evidence", "hidden_in", "judged", "judged_by", "no_further", "unshown"]

Evidence = tuple[Performance, tuple[Entry, ...]]
BASELINE = "baseline"
ORDER = (Standpoint.BROKEN, Standpoint.HELD, Standpoint.UNEXERCISED)


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
    property = find_property(name)
    words: list[tuple[Performance, Word]]
    if property.together:
        clear = [seen for seen in shown if not seen.disturbed]
        words = [(shown[0], property.judge(clear) if clear else hidden(shown[0].disturbed))]
    else:
        meant = [s for s in shown if not s.take.shows or name in s.take.shows]
        words = [(seen, _word(property, seen)) for seen in meant]
        words = words or [(shown[0], idle("nothing that would show it could be played"))]
    seen, word = min(words, key=lambda p: (ORDER.index(p[1].standpoint), not p[1].hidden))
    return word.seen or seen, word


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


def hidden_in(episode: Episode, shown: tuple[Performance, ...]) -> list[Performance]:
    """The takes by which a property would be shown that is not, for this machine was too busy."""
    hiding = [name for name in episode.properties if shown and judged_by(name, shown)[1].hidden]
    return [
        seen for seen in shown if any(not seen.take.shows or n in seen.take.shows for n in hiding)
    ]

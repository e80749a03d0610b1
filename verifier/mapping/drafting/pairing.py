"""Which field of one system is which of the other, as far as names, schemas and rows tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from verifier.mapping.drafting.agreement import Agreement, agreement
from verifier.mapping.drafting.guessing import Guess, guess
from verifier.mapping.drafting.side import DraftSide, fields_below, lists_of
from verifier.mapping.drafting.words import alike
from verifier.mapping.nouns import Path
from verifier.mapping.shapes import Field

__all__ = ["SURE", "Pair", "blocks_of", "pairs_of"]

LEAST = 0.46
AGAIN = 0.52
SURE = 0.7
NEAR = 0.06
NAME, AROUND, KIND = 0.72, 0.1, 0.18
# What rows show is worth more than a name; that few values go with few others may have another
# cause (what was paid was shipped), and is asked about.
SHOWN, TABLED = 0.97, 0.69
ROUGH = ("boolean", "object", "array")


class Pair(Struct, frozen=True, kw_only=True):
    """
    Two fields that may be one.

    Args:
        score: From 0 to 1.
        seen: How their columns agree, where there are exports.
        rival: Another field of the source that is nearly as good.
    """

    target: Field
    source: Field
    score: float
    meant: tuple[Guess | None, Guess | None]
    seen: Agreement | None = None
    rival: Path | None = None


def pairs_of(source: DraftSide, target: DraftSide, mine: Path, theirs: Path) -> Iterator[Pair]:
    """
    The best partner of each field that has one; each target field once, best pairs first.

    A source field may serve several targets, but only the first of them without being asked about.

    Args:
        mine, theirs: The lists whose items are looked at; empty paths for the record itself.
    """
    ours = [(one, guess(source, one)) for one in fields_below(source.fields, mine)]
    scored: list[Pair] = []
    for field in fields_below(target.fields, theirs):
        if field.facts.read_only:
            continue
        meant = guess(target, field)
        ranked = sorted(
            (_scored(source, target, one, field, (own, meant)) for one, own in ours),
            key=lambda pair: -pair.score,
        )
        scored += [pair for pair in ranked[:3] if pair.score >= LEAST]
    scored.sort(key=lambda pair: -pair.score)
    yield from _assigned(scored)


def _assigned(scored: list[Pair]) -> Iterator[Pair]:
    taken: set[Path] = set()
    used: set[Path] = set()
    for again in (False, True):
        for pair in scored:
            again_used = pair.source.path in used
            if pair.target.path in taken or (again_used and not (again and pair.score >= AGAIN)):
                continue
            taken.add(pair.target.path)
            rivals = [
                other.source.path
                for other in scored
                if other.target.path == pair.target.path
                and other.source.path != pair.source.path
                and pair.score - other.score <= NEAR
            ]
            rival = next(iter(rivals), None)
            score = min(pair.score, SURE - 0.01) if pair.source.path in used else pair.score
            used.add(pair.source.path)
            yield Pair(
                target=pair.target,
                source=pair.source,
                score=score,
                meant=pair.meant,
                seen=pair.seen,
                rival=rival,
            )


def _scored(
    source: DraftSide,
    target: DraftSide,
    one: Field,
    other: Field,
    meant: tuple[Guess | None, Guess | None],
) -> Pair:
    by_name = _by_name(source, target, one, other, meant)
    seen = _seen(source, target, one.path, other.path)
    score = by_name
    if seen is not None:
        score = max(by_name, (TABLED if seen.way == "table" else SHOWN) * seen.share)
    elif _told_apart(source, target, one.path, other.path):
        score = by_name * 0.6
    return Pair(target=other, source=one, score=min(score, 1.0), meant=meant, seen=seen)


def _by_name(
    source: DraftSide,
    target: DraftSide,
    one: Field,
    other: Field,
    meant: tuple[Guess | None, Guess | None],
) -> float:
    (mine, my_place), (theirs, their_place) = source.words(one.path), target.words(other.path)
    kinds = _kinds(meant)
    place = alike(my_place, their_place) if my_place or their_place else 1.0
    score = NAME * alike(mine, theirs) + AROUND * place + KIND * kinds
    return score * (1.0 if _may_become(one, other) else 0.4)


def _kinds(meant: tuple[Guess | None, Guess | None]) -> float:
    kinds = [one.kind for one in meant if one is not None]
    if len(kinds) < len(meant):
        return 0.5
    timely = set(kinds) <= {"date", "datetime"}
    return 1.0 if kinds[0] == kinds[1] or timely else 0.0


def _may_become(one: Field, other: Field) -> bool:
    """Whether the one type can be made of the other at all; lists of values go by a table."""
    mine, theirs = one.facts, other.facts
    if theirs.enum is not None:
        return mine.enum is not None or mine.only in ("boolean", "string", "")
    if not mine.types or not theirs.types or mine.types & theirs.types:
        return True
    return not (mine.types | theirs.types) & set(ROUGH)


def _seen(source: DraftSide, target: DraftSide, one: Path, other: Path) -> Agreement | None:
    mine, theirs = source.columns.get(one), target.columns.get(other)
    if mine is None or theirs is None or len(mine.values) != len(theirs.values):
        return None
    return agreement(mine.values, theirs.values)


def _told_apart(source: DraftSide, target: DraftSide, one: Path, other: Path) -> bool:
    """Whether there are rows enough of both, and they do not agree; items may be in any order."""
    mine, theirs = source.columns.get(one), target.columns.get(other)
    if mine is None or theirs is None or one.many or len(mine.values) != len(theirs.values):
        return False
    return sum(bool(a and b) for a, b in zip(mine.values, theirs.values, strict=True)) >= 20


def blocks_of(source: DraftSide, target: DraftSide) -> Iterator[tuple[Path, Path]]:
    """Lists of objects that may be one: each of the target's with the best of the source's."""
    mine = lists_of(source)
    used: set[Path] = set()
    for theirs in lists_of(target):
        ranked = sorted(
            ((_list_score(source, target, one, theirs), one) for one in mine if one not in used),
            key=lambda pair: -pair[0],
        )
        if ranked and ranked[0][0] >= LEAST:
            used.add(ranked[0][1])
            yield ranked[0][1], theirs


def _list_score(source: DraftSide, target: DraftSide, mine: Path, theirs: Path) -> float:
    named = alike(source.words(mine)[0], target.words(theirs)[0])
    return 0.5 * named + 0.5 * _filled(pairs_of(source, target, mine, theirs), target, theirs)


def _filled(pairs: Iterable[Pair], target: DraftSide, theirs: Path) -> float:
    fields = fields_below(target.fields, theirs)
    return sum(pair.score for pair in pairs) / max(len(fields), 1)

"""
Counts in place of memory: what each answer showed is added up, and what is new stands out.

What the document denies is told at the first answer. What it says nothing of is told only against
a background: after twenty answers on earlier days, a field, type, format or code that none of them
had, or a field that all of them had, is news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from verifier.model import Drift, Impact, Lesson, Observed, Saying, Trait

__all__ = ["Learned", "learn"]

ENOUGH_ANSWERS = 20
MOST_CODES = 12
LEAST_REPEATS = 3  # codes repeat; what hardly ever does is data
SEVERE = ("type", "absent")
DENIALS = {
    "value": "is '{}', which the document does not list",
    "type": "is of type {}, against the document",
    "format": "is no longer written as the document says, but as {}",
    "absent": "is missing, though the document requires it",
    "media": "comes as {}, which is not documented",
    "status": "is a status that is not documented",
    "breaks": "breaks what the document says of it ({})",
}
NOVELTIES = {
    "value": "is '{}', which no earlier answer had",
    "type": "is of type {}, as in no earlier answer",
    "format": "is written as {}, as in no earlier answer",
    "present": "is new: neither the document nor an earlier answer had it",
    "gone": "is gone: every earlier answer had it",
}
Known = Mapping[Trait, Lesson]


class Learned(NamedTuple):
    """What is to be remembered from now on, and what came as a surprise, the worst first."""

    lessons: tuple[Lesson, ...]
    drifts: tuple[Drift, ...]


def learn(known: Iterable[Lesson], seen: Mapping[Trait, Observed], day: str) -> Learned:
    """
    Add a look's answers to what was known before it.

    Args:
        seen: What the look's answers showed.
        day: The day of the look (ISO 8601).
    """
    before = {lesson.key: lesson for lesson in known}
    after = {trait: _added(before.get(trait), trait, seen[trait].times, day) for trait in seen}
    background = _Background(before)
    surprises = [trait for trait in seen if _surprises(trait, seen, background, day)]
    fresh = set(surprises)
    told = [t for t in surprises if seen[t].standing is Saying.DENIED or not _inside(t, fresh)]
    gone = [trait for trait in _gone(before, seen) if _parent(trait.path) not in _paths(fresh)]
    for trait in gone:
        after[trait] = _added(before.get(trait), trait, _missing(trait, seen), day)
    drifts = [_drift(trait, seen, after, before) for trait in (*told, *gone)]
    drifts.sort(key=lambda drift: (drift.severity.rank, drift.trait))
    return Learned(tuple(after.values()), tuple(drifts))


def _added(lesson: Lesson | None, trait: Trait, count: int, day: str) -> Lesson:
    if lesson is None:
        return Lesson(*trait, count, day, day)
    return lesson._replace(times=lesson.times + count, last=day)


class _Background:
    """Earlier answers, as something that a new one is held against."""

    def __init__(self, before: Known) -> None:
        self.before = before
        self.kinds: dict[tuple[str, str, str, str], list[Lesson]] = defaultdict(list)
        for trait, lesson in before.items():
            kind = trait.name.partition(" ")[0]
            self.kinds[trait.operation, trait.status, trait.path, kind].append(lesson)

    def same(self, trait: Trait, kind: str) -> list[Lesson]:
        """What was known of the same place, of one kind."""
        return self.kinds.get((trait.operation, trait.status, trait.path, kind), [])

    def tells(self, trait: Trait, day: str) -> bool:
        """Whether there is enough of it for something new to be news."""
        kind = trait.name.partition(" ")[0]
        if kind == "present":
            return self._enough(trait._replace(path=_parent(trait.path)), day)
        if kind not in ("value", "type", "format") or not self._enough(trait, day):
            return False
        others = [lesson for lesson in self.same(trait, kind) if lesson.trait != trait.name]
        if kind == "value":
            repeats = sum(lesson.times for lesson in others) >= LEAST_REPEATS * len(others)
            return 0 < len(others) <= MOST_CODES and repeats
        if kind == "format":
            return len(others) == 1 and others[0].trait != "format text"
        return bool(others)

    def _enough(self, trait: Trait, day: str) -> bool:
        """Whether the place was there in enough answers, the first of them on an earlier day."""
        types = self.same(trait, "type")
        counted = sum(lesson.times for lesson in types)
        return counted >= ENOUGH_ANSWERS and min(lesson.first for lesson in types) < day


def _surprises(
    trait: Trait, seen: Mapping[Trait, Observed], background: _Background, day: str
) -> bool:
    standing = seen[trait].standing
    if standing is Saying.DENIED:
        return True
    new = trait not in background.before
    return standing is Saying.OPEN and new and background.tells(trait, day)


def _inside(trait: Trait, fresh: set[Trait]) -> bool:
    """Whether it stands in a field that is new as a whole."""
    path = trait.path if trait.name != "present" else _parent(trait.path)
    while path:
        if trait._replace(path=path, name="present") in fresh:
            return True
        path = _parent(path)
    return False


def _paths(traits: set[Trait]) -> set[str]:
    return {trait.path for trait in traits}


def _parent(path: str) -> str:
    if path.endswith("[]"):
        return path.removesuffix("[]")
    return path.rpartition(".")[0]


def _gone(before: Known, seen: Mapping[Trait, Observed]) -> Iterator[Trait]:
    """Fields that every earlier answer had and none of these, though what holds them is there."""
    for trait, lesson in before.items():
        if trait.name != "present" or trait in seen or lesson.times < ENOUGH_ANSWERS:
            continue
        holder = trait._replace(path=_parent(trait.path), name="type object")
        held = before.get(holder)
        denied = trait._replace(name="absent") in seen
        if holder in seen and held is not None and held.times == lesson.times and not denied:
            yield trait._replace(name="gone")


def _missing(trait: Trait, seen: Mapping[Trait, Observed]) -> int:
    return seen[trait._replace(path=_parent(trait.path), name="type object")].times


def _drift(trait: Trait, seen: Mapping[Trait, Observed], after: Known, before: Known) -> Drift:
    kind, _, value = trait.name.partition(" ")
    denied = trait in seen and seen[trait].standing is Saying.DENIED
    phrase = (DENIALS if denied else NOVELTIES).get(kind, DENIALS["breaks"])
    whole = trait._replace(path="", name="answers")
    answers = after.get(whole) or before.get(whole)
    place = f"{trait.operation} ({trait.status})"
    return Drift(
        trait=trait,
        severity=_severity(kind, denied),
        says=f"{place}: {trait.path or 'the answer'} {phrase.format(value)}",
        count=after[trait].times,
        answers=answers.times if answers else after[trait].times,
        first=after[trait].first,
    )


def _severity(kind: str, denied: bool) -> Impact:
    if denied and kind in SEVERE:
        return Impact.BREAKING
    return Impact.INFO if kind == "present" else Impact.WARNING

"""The arguments by which calls name one thing, and those by which they name what contains it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from verifier.loading.calls.family import Family
from verifier.loading.calls.names import CHANGING, MAKING, READING, REMOVING
from verifier.loading.calls.spoken import Spoken, about
from verifier.loading.resources.language import stem
from verifier.loading.view import word_set, words

__all__ = ["contain", "own_argument"]

BLAND = word_set("token limit cursor page count offset sort query")
"""Arguments of any call, which name nothing."""
SHARE = 0.5


def own_argument(family: Family) -> str:
    """
    The argument that names one thing: that is called as it is, or, of those that who changes and
    removes one must say and who makes one need not, that which the thing tells itself.
    """
    at_home = [c for c in family.one if c.noun == family.noun] or family.one
    telling = [c for c in at_home if c.shown] or at_home
    counted = Counter(a for call in telling for a in call.arguments if a not in BLAND)
    return _called_as_it_is(family, at_home, telling, counted) or _told(family, at_home, counted)


def _called_as_it_is(
    family: Family, at_home: list[Spoken], telling: list[Spoken], counted: Counter[str]
) -> str:
    reading = [c for c in at_home if c.verb in READING and _is_plain(family, c)]
    firm = [c for c in telling if _is_firm(family, c)]
    called = [a for a in counted if stem("_".join(about(a))) in family.nouns]
    called += [a for a in counted if words(a) in (("id",), ("uuid",), ("key",))]
    # What is given to make one is content, unless one is read by it.
    known = [a for a in called if reading or a not in family.made]
    known = [a for a in known if all(a in call.arguments for call in reading)]
    best = max(known, key=lambda a: counted[a], default="")
    return best if best and (reading or counted[best] >= SHARE * len(firm)) else ""


def _told(family: Family, at_home: list[Spoken], counted: Counter[str]) -> str:
    told = {name for call in family.telling for name in call.members}
    making = (c for c in family.calls if family.makes(c) and c.verb in MAKING)
    needless = {a for call in making for a in call.arguments}
    surest = (_shared([c for c in at_home if _is_firm(family, c)], 2) & told) - needless
    alone = _shared(at_home, 3) - needless
    return next((a for a in counted if a in surest), "".join(alone) if len(alone) == 1 else "")


def _is_plain(family: Family, call: Spoken) -> bool:
    return call.thing == "" or call.thing in family.nouns


def _is_firm(family: Family, call: Spoken) -> bool:
    """Whether a call reads, changes or removes one thing as a whole."""
    return call.verb in REMOVING | READING | CHANGING and _is_plain(family, call)


def _shared(calls: Sequence[Spoken], least: int) -> set[str]:
    """The arguments that all of some calls take; none where those are fewer than ``least``."""
    if len(calls) < least:
        return set()
    return set.intersection(*(set(call.arguments) for call in calls)) - BLAND


def contain(families: Sequence[Family]) -> None:
    """Find what contains things of each: who makes and names one must say it, too."""
    owners: dict[tuple[str, ...], list[Family]] = {}
    for family in families:
        if family.own:
            owners.setdefault(about(family.own), []).append(family)
    for family in families:
        _contain(family, owners)


def _contain(family: Family, owners: Mapping[tuple[str, ...], list[Family]]) -> None:
    making = [call for call in family.calls if family.makes(call)] if family.own else []
    one = family.one if family.own else [c for c in family.telling if not c.many]
    said = Counter(name for call in one for name in {about(a) for a in call.arguments})
    keys: dict[str, list[Family]] = {}
    for name in _in_order(one):
        if name == about(family.own) or said[name] <= SHARE * len(one):
            continue
        if not all(any(about(a) == name for a in call.arguments) for call in making):
            continue
        for other in owners.get(name, ()):
            if other is not family and family not in other.parents:
                keys.setdefault(other.own, []).append(other)
    family.around = tuple(keys)[:1]
    family.parents = keys[family.around[0]] if family.around else []


def _in_order(calls: Iterable[Spoken]) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(about(a) for call in calls for a in call.arguments))

"""Calls that are about one kind of thing, and the arguments by which they name one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from verifier.loading.calls.names import CHANGING, MAKING, READING, REMOVING, REOPENING
from verifier.loading.calls.spoken import Spoken, about
from verifier.loading.resources.language import is_plural, stem
from verifier.loading.view import ContractView, word_set, words

__all__ = ["Family", "families_of", "means"]

BLAND = word_set("token limit cursor page count offset sort query")
"""Arguments of any call, which name nothing."""
SHARE = 0.5


class Family(Struct, kw_only=True, eq=False):
    """
    Calls about one kind of thing.

    Args:
        calls: Those that tell it, then those that only act on it.
        noun: What most that tell one of it are called by.
        own: The argument that names one; empty where none does.
        around: The kinds that contain it, the outermost last; a thing is named by their arguments
            too.
    """

    calls: list[Spoken] = field(default_factory=list)
    noun: tuple[str, ...] = ()
    own: str = ""
    around: tuple[str, ...] = ()
    parents: list[Family] = field(default_factory=list)

    @property
    def telling(self) -> Iterator[Spoken]:
        """The calls whose answers tell things of it."""
        return (call for call in self.calls if call.shown)

    @property
    def envelope(self) -> str:
        """The member in which one stands; empty where none is told alone."""
        return _commonest(c.shown for c in self.telling if not c.many)

    @property
    def list_member(self) -> str:
        """The member in which several stand."""
        return _commonest(c.shown for c in self.telling if c.many)

    @property
    def nouns(self) -> frozenset[str]:
        """Stems of what one of it is called."""
        named = {stem(self.envelope), stem(self.noun[-1])}
        if self.envelope == "" or is_plural(self.list_member):
            named.add(stem(self.list_member))
        return frozenset(named - {""})

    @property
    def keys(self) -> tuple[str, ...]:
        """The arguments that name one, the outermost first."""
        return (*self.around, *((self.own,) if self.own else ()))

    def argument(self, call: Spoken, key: str) -> str:
        """What a call says a key by; empty where it does not."""
        if key in call.arguments:
            return key
        given = (a for a in call.arguments if a not in self.made)
        return next((a for a in given if means(a, key, self.nouns)), "")

    @property
    def made(self) -> set[str]:
        """The arguments of the calls that make one: what it is made of."""
        return {a for call in self.calls if self.makes(call) for a in call.arguments}

    def makes(self, call: Spoken) -> bool:
        """Whether a call's name says that it makes one."""
        return call.verb in MAKING | REOPENING and call.thing in ("", *self.nouns)

    def one(self) -> list[Spoken]:
        """The calls that are about one that exists, by their names and answers."""
        return [c for c in self.calls if not c.many and not self.makes(c)]


def means(name: str, key: str, nouns: Iterable[str]) -> bool:
    """Whether a name says a key: ``room_id`` is ``room``, ``message_ts`` a message's ``ts``."""
    said, meant = about(name), about(key)
    if said == meant:
        return True
    return (
        len(said) > len(meant)
        and said[-len(meant) :] == meant
        and (stem("_".join(said[: -len(meant)])) in nouns)
    )


def families_of(view: ContractView, calls: Sequence[Spoken]) -> list[Family]:
    """The families of a document, each with its keys."""
    families = _merged(list(_told(view, calls)))
    for family in families:
        family.noun = _home(family)
    named = _by_noun(families)
    for call in calls:
        target = None if call.shown else _target(call, named)
        if target is not None:
            target.calls.append(call)
    for family in families:
        family.own = _own(family)
    _move(families)
    _yield(families)
    for family in families:
        _contain(family, families)
    return families


def _told(view: ContractView, calls: Sequence[Spoken]) -> Iterator[Family]:
    """Families by the schema of what is told; what is written out anew is told by its name."""
    by_schema: dict[int, Family] = {}
    by_name: dict[tuple[str, str], Family] = {}
    found: list[Family] = []
    shown = [(call, call.form) for call in calls if call.form is not None]
    shown.sort(key=lambda one: view.follow(one[1]).node is one[1].node)
    for call, form in shown:
        named = (stem(call.noun[0]), stem(call.shown))
        schema = id(view.follow(form).node)
        family = by_schema.get(schema) or by_name.get(named)
        if family is None:
            family = Family()
            found.append(family)
        by_schema.setdefault(schema, family)
        by_name.setdefault(named, family)
        family.calls.append(call)
    return iter(found)


def _merged(families: list[Family]) -> list[Family]:
    """Families of which one only lists what another of the same noun and name tells."""
    kept: list[Family] = []
    for family in sorted(families, key=lambda f: not f.envelope):
        name = stem(family.list_member)
        lasts = {stem(call.noun[-1]) for call in family.calls}
        lists = {call.noun for call in family.calls if call.verb == "list"}
        whole = next(
            (
                other
                for other in kept
                if not family.envelope
                and lasts & {stem(call.noun[-1]) for call in other.calls}
                and (
                    name in (stem(other.envelope), stem(other.list_member))
                    or lists & {call.noun for call in other.telling if not call.many}
                )
            ),
            None,
        )
        if whole is None:
            kept.append(family)
        else:
            whole.calls += family.calls
    return kept


def _home(family: Family) -> tuple[str, ...]:
    """What most calls that tell one thing of a family are called by, else those that list it."""
    alone = Counter(call.noun for call in family.telling if not call.many)
    listed = Counter(call.noun for call in family.telling)
    return (alone or listed).most_common(1)[0][0]


def _by_noun(families: Iterable[Family]) -> dict[str, Family]:
    """What a thing is called to its family; of two of one name the first."""
    found: dict[str, Family] = {}
    for family in families:
        found.setdefault(stem(family.noun[-1]), family)
    for family in families:
        for noun in sorted(family.nouns):
            found.setdefault(noun, family)
    return found


def _target(call: Spoken, named: Mapping[str, Family]) -> Family | None:
    """The family that a call which tells nothing is about: its object's, else its noun's."""
    object_, noun = named.get(call.thing), named.get(stem(call.noun[-1]))
    if object_ is not None and call.noun[0] == object_.noun[0]:
        return object_
    nouns = {stem(other.noun[-1]) for other in noun.telling} if noun is not None else set()
    return noun if stem(call.noun[-1]) in nouns else None


def _move(families: Sequence[Family]) -> None:
    """
    Move calls that make what another family names: ``scheduleMessage`` tells a message, and the id
    of one that is scheduled.
    """
    for family in families:
        for call in [c for c in family.telling if family.own and family.makes(c)]:
            if any(means(name, family.own, family.nouns) for name in call.tells):
                continue
            others = (f for f in families if f.own in call.tells and f.own not in call.arguments)
            other = next(others, None)
            if other is not None:
                family.calls.remove(call)
                call.thing, call.shown, call.form = "", "", None
                other.calls.append(call)


def _yield(families: Sequence[Family]) -> None:
    """Leave what is named as another family's things are to that: ``reactions.get`` of a file."""
    for family in families:
        for other in families:
            theirs = other is not family and other.own == family.own != ""
            theirs &= not any(family.makes(call) for call in family.telling)
            if theirs and stem(family.envelope) == stem(other.noun[-1]) != stem(family.noun[-1]):
                family.own, family.calls = "", [c for c in family.calls if c.many]


def _own(family: Family) -> str:
    """
    The argument that names one thing: that is called as it is, or, of those that who changes and
    removes one must say and who makes one need not, that which the thing tells itself.
    """
    one = family.one()
    at_home = [c for c in one if c.noun == family.noun] or one
    telling = [c for c in at_home if c.shown] or at_home
    plain = [c for c in at_home if c.thing in ("", *family.nouns)]
    reading = [c for c in plain if c.verb in READING]
    firm = [c for c in plain if c.verb in REMOVING | READING | CHANGING]
    counted = Counter(a for call in telling for a in call.arguments if a not in BLAND)
    called = [a for a in counted if stem("_".join(about(a))) in family.nouns]
    called += [a for a in counted if words(a) in (("id",), ("uuid",), ("key",))]
    made = family.made
    called = [
        a
        for a in called
        if all(a in call.arguments for call in reading) and (reading or a not in made)
    ]
    best = max(called, key=lambda a: counted[a], default="")
    if best and (reading or counted[best] >= SHARE * len([c for c in telling if c in firm])):
        return best
    told = {n for call in family.telling for n in call.members}
    making = (c for c in family.calls if family.makes(c) and c.verb in MAKING)
    needless = {a for call in making for a in call.arguments}
    surest = [a for a in counted if a in (_shared(firm, 2) & told) - needless]
    alone = _shared(at_home, 3) - needless
    return next(iter(surest), next(iter(alone), "") if len(alone) == 1 else "")


def _shared(calls: Sequence[Spoken], least: int) -> set[str]:
    """The arguments that all of some calls take; none where those are fewer than ``least``."""
    if len(calls) < least:
        return set()
    return set.intersection(*(set(call.arguments) for call in calls)) - BLAND


def _contain(family: Family, families: Sequence[Family]) -> None:
    """Find what contains things of a family: who makes, lists or names one must say it, too."""
    making = [call for call in family.calls if family.makes(call)]
    one = family.one() if family.own else [c for c in family.telling if not c.many]
    keys: dict[str, list[Family]] = {}
    for other in families if one else ():
        key = other.own
        if other is family or not key or about(key) == about(family.own):
            continue
        if family.own and any(family.argument(call, key) == "" for call in making):
            continue
        said = sum(family.argument(call, key) != "" for call in one)
        if said > SHARE * len(one):
            keys.setdefault(key, []).append(other)
    family.around = tuple(keys)[:1]
    family.parents = keys[family.around[0]] if family.around else []


def _commonest(names: Iterable[str]) -> str:
    counted = Counter(names)
    return counted.most_common(1)[0][0] if counted else ""

"""Which calls are about one kind of thing: by what they tell, else by what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from verifier.loading.calls.family import Family, means
from verifier.loading.calls.keys import contain, own_argument
from verifier.loading.calls.spoken import Spoken
from verifier.loading.resources.language import stem
from verifier.loading.view import ContractView

__all__ = ["families_of"]


def families_of(view: ContractView, calls: Sequence[Spoken]) -> list[Family]:
    """The families of a document, each with its keys."""
    families = _merged(_told(view, calls))
    for family in families:
        family.noun = family.home
    _join(families, calls)
    for family in families:
        family.own = own_argument(family)
    _move(families)
    _yield(families)
    contain(families)
    return families


def _told(view: ContractView, calls: Sequence[Spoken]) -> list[Family]:
    """Families by the schema of what is told; what is written out anew is told by its name."""
    by_schema: dict[int, Family] = {}
    by_name: dict[tuple[str, str], Family] = {}
    found: list[Family] = []
    members: dict[int, list[Spoken]] = {}
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
        members.setdefault(id(family), []).append(call)
    for family in found:
        family.take(members[id(family)])
    return found


def _merged(families: Sequence[Family]) -> list[Family]:
    """Families of which one only lists what another of the same noun and name tells."""
    kept: list[Family] = []
    near: dict[str, list[Family]] = {}
    for family in sorted(families, key=lambda f: not f.envelope):
        others = (other for last in sorted(family.lasts) for other in near.get(last, ()))
        whole = next((o for o in others if not family.envelope and _tells(o, family)), None)
        if whole is not None:
            whole.take(family.calls)
            continue
        kept.append(family)
        for last in family.lasts if family.envelope else ():
            near.setdefault(last, []).append(family)
    return kept


def _tells(whole: Family, part: Family) -> bool:
    """Whether one family tells the things that another lists: of its name, or of its very noun."""
    if stem(part.list_member) in (stem(whole.envelope), stem(whole.list_member)):
        return True
    lists = {call.noun for call in part.calls if call.verb == "list"}
    return any(call.noun in lists for call in whole.telling if not call.many)


def _by_noun(families: Iterable[Family]) -> dict[str, Family]:
    """What a thing is called to its family; of two of one name the first."""
    found: dict[str, Family] = {}
    for family in families:
        found.setdefault(stem(family.noun[-1]), family)
    for family in families:
        for noun in sorted(family.nouns):
            found.setdefault(noun, family)
    return found


def _join(families: Sequence[Family], calls: Sequence[Spoken]) -> None:
    """Add the calls that tell nothing to the families that their names are about."""
    named, joining = _by_noun(families), dict[int, list[Spoken]]()
    for call in calls:
        target = None if call.shown else _target(call, named)
        if target is not None:
            joining.setdefault(id(target), []).append(call)
    for family in families:
        family.take(joining.get(id(family), ()))


def _target(call: Spoken, named: Mapping[str, Family]) -> Family | None:
    """The family that a call which tells nothing is about: its object's, else its noun's."""
    object_, noun = named.get(call.thing), named.get(stem(call.noun[-1]))
    if object_ is not None and call.noun[0] == object_.noun[0]:
        return object_
    return noun if noun is not None and stem(call.noun[-1]) in noun.lasts else None


def _move(families: Sequence[Family]) -> None:
    """
    Move calls that make what another family names: ``scheduleMessage`` tells a message, and the id
    of one that is scheduled.
    """
    owners: dict[str, Family] = {}
    for family in families:
        if family.own:
            owners.setdefault(family.own, family)
    for family in families:
        making = [c for c in family.telling if family.own and family.makes(c)]
        for call in making:
            if any(means(name, family.own, family.nouns) for name in call.tells):
                continue
            told = (name for name in call.tells if name not in call.arguments)
            other = next((owners[name] for name in told if name in owners), None)
            if other is not None and other is not family:
                family.leave([call])
                call.thing, call.shown, call.form = "", "", None
                other.take([call])


def _yield(families: Sequence[Family]) -> None:
    """Leave what is named as another family's things are to that: ``reactions.get`` of a file."""
    owners = {(family.own, stem(family.noun[-1])) for family in families if family.own}
    for family in families:
        name = stem(family.envelope)
        theirs = name != stem(family.noun[-1]) and (family.own, name) in owners
        if theirs and not any(family.makes(call) for call in family.telling):
            family.own = ""
            family.leave([call for call in family.calls if not call.many])

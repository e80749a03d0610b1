"""From calls to resources: what each does to which kind of thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from verifier.loading.calls.families import families_of
from verifier.loading.calls.family import Family, means
from verifier.loading.calls.names import CHANGING, READING, REMOVING, REOPENING, SEARCHING
from verifier.loading.calls.spoken import Spoken, spoken_in
from verifier.loading.resources.language import is_plural, stem
from verifier.loading.resources.shapes import id_field_of
from verifier.loading.resources.signs import LISTS
from verifier.loading.view import ContractView, Piece
from verifier.model import Call, Resource

__all__ = ["infer_calls"]

ROLES = ("create", "read", "list", "update", "delete", "search")


def infer_calls(view: ContractView) -> tuple[Resource, ...]:
    """
    The kinds of things that calls of a document are about; none where it has no calls.

    A kind is what several calls tell in one schema, or under one name. Calls that only say that
    something was done belong to the kind that their name says.
    """
    calls = spoken_in(view)
    if not calls:
        return ()
    families = families_of(view, calls)
    names = _names(families, {resource.name for resource in view.resources})
    found = (_resource(view, family, names) for family in families if family.calls)
    return tuple(resource for resource in found if resource.calls)


def _names(families: Sequence[Family], taken: set[str]) -> Mapping[int, str]:
    """A name for each family: its noun where that is one of many, else what the answers call it."""
    found: dict[int, str] = {}
    for family in families:
        last = family.noun[-1]
        told = family.list_member or family.envelope
        own = stem(last) in (stem(family.envelope), stem(family.list_member))
        plain = last if own or (family.own and is_plural(last)) or stem(told) in LISTS else told
        choices = (plain, ".".join(family.noun), f"{'.'.join(family.noun)}.{told}")
        name = next((c for c in choices if c not in taken), f"{choices[-1]}-{len(taken)}")
        taken.add(name)
        found[id(family)] = name
    return found


def _resource(view: ContractView, family: Family, names: Mapping[int, str]) -> Resource:
    calls = {c.operation.key: call for c in family.calls if (call := _call(family, c)) is not None}
    roles: dict[str, str] = {}
    for key, call in calls.items():
        if call.role in ROLES:
            roles.setdefault(call.role, key)
    parent = names[id(family.parents[0])] if len(family.parents) == 1 else ""
    members: Mapping[str, Piece] = next((c.members for c in family.telling if c.members), {})
    item = _item(family, roles)
    return Resource(
        name=names[id(family)],
        item=item,
        create=roles.get("create", ""),
        read=roles.get("read", ""),
        list=roles.get("list", ""),
        update=roles.get("update", ""),
        delete=roles.get("delete", ""),
        search=roles.get("search", ""),
        actions=tuple(key for key in calls if key not in roles.values()),
        id_field=id_field_of(view, members, family.own) if family.own else "",
        id_parameter=family.own,
        parent=parent,
        envelope=family.envelope,
        list_member=family.list_member,
        confidence=0.7,
        reason="; ".join(_because(family)) + ".",
        calls=calls,
    )


def _item(family: Family, roles: Mapping[str, str]) -> str:
    """How one is named: by the call that reads it, else by another, and its arguments."""
    ways = (roles.get(role, "") for role in ("read", "update", "delete", "list"))
    path = next((way for way in ways if way), family.calls[0].operation.key).partition(" ")[2]
    said = "&".join(f"{key}={{{key}}}" for key in family.keys)
    if not family.own and not said and not any(not c.many for c in family.telling):
        return ""
    return f"{path}?{said}" if said else path


def _because(family: Family) -> Iterator[str]:
    told = sorted({call.shown for call in family.telling})
    yield f"calls of '{'.'.join(family.noun)}' tell it in {' and '.join(map(repr, told))}"
    if family.own:
        yield f"they name one by '{family.own}'"
    if family.around:
        yield f"and where it is by {' and '.join(map(repr, family.around))}"


def _call(family: Family, call: Spoken) -> Call | None:
    """What a call does; None where it is not to be seen."""
    arguments = {key: said for key in family.keys if (said := family.argument(call, key))}
    role = _role(family, call, arguments)
    if role == "create" and call.verb not in REOPENING:
        arguments.pop(family.own, None)
    if not role:
        return None
    return Call(
        role=role,
        verb=call.verb,
        arguments=arguments,
        by=_by(call) if role == "read" and family.own not in arguments else "",
        shown=call.shown,
        many=call.many,
        tells={
            name: key
            for name in call.tells
            for key in family.keys
            if means(name, key, family.nouns)
        },
    )


def _role(family: Family, call: Spoken, arguments: Mapping[str, str]) -> str:
    if call.many:
        return "search" if call.verb in SEARCHING else "list"
    if not family.own:
        return _role_of_single(call)
    own, named = family.own in arguments, call.thing in ("", *family.nouns)
    tells = any(means(name, family.own, family.nouns) for name in call.tells)
    if family.makes(call) and (call.verb not in REOPENING or call.shown or not own):
        return "create" if call.shown or tells or call.noun == family.noun else ""
    if not own:
        made = named and call.thing and tells
        return "create" if made else "read" if call.shown and _by(call) else ""
    if named and call.verb in REMOVING:
        return "delete"
    if named and call.verb in CHANGING:
        return "update"
    reads = call.shown and (call.verb in READING or call.operation.method == "GET")
    return "read" if reads else "action"


def _role_of_single(call: Spoken) -> str:
    """What a call does to what there is one of: for everybody, or in each place."""
    if call.shown and call.verb in READING:
        return "read"
    return "update" if call.shown and call.verb in CHANGING else ""


def _by(call: Spoken) -> str:
    """The argument that a thing is looked up by: ``lookupByEmail``; empty where there is none."""
    if call.verb not in READING or not call.thing.startswith("by"):
        return ""
    return next((a for a in call.arguments if stem(a) == call.thing.removeprefix("by")), "")

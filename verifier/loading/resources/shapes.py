"""What an item looks like on the wire: its envelope, its id, and the list around it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from verifier.loading.resources.draft import Draft
from verifier.loading.resources.language import stem
from verifier.loading.resources.signs import list_member
from verifier.loading.view import ContractView, Piece, piece_of, words

__all__ = ["Shape", "id_field_of", "shape_of"]

GENERAL = ("id", "uuid", "guid", "gid", "sid", "key", "number", "code", "name", "slug")
SYNONYMS = {
    "username": ("username", "user_name", "login", "handle"),
    "user": ("username", "login", "id"),
    "org": ("login", "slug", "id"),
}
WRAPPERS = ("data", "result", "response", "item", "payload")
SCALARS = frozenset(("string", "integer", "number"))


class Shape(Struct, frozen=True, kw_only=True):
    """What was found; ``why`` says how the id was recognised, empty where it was not."""

    envelope: str
    list_member: str
    id_field: str
    why: str
    sure: float
    members: Mapping[str, Piece]


def shape_of(view: ContractView, draft: Draft) -> Shape:
    """Look at the answers of a resource's operations."""
    roles = draft.roles
    listed = view.success(roles.get("list"))
    bare = listed is None or "array" in view.kinds(listed)
    member = "" if bare or listed is None else list_member(view, listed, draft.text)
    rows = view.items(view.members(listed).get(member) if member else listed)
    shown = next(
        (
            answer
            for role in ("read", "create", "update", "replace")
            if (answer := view.success(roles.get(role))) is not None and view.members(answer)
        ),
        None,
    )
    envelope = _envelope(view, shown, draft) if shown is not None else ""
    inside = view.members(shown).get(envelope) if envelope else shown
    members = view.members(inside) or view.members(view.items(inside)) or view.members(rows)
    parameter = draft.item.parameter if draft.item is not None else ""
    takes = _taken(view, draft, parameter)
    # Where nothing is read, the rows of the list are items, and a creation's answer may not be.
    sought = [members, view.members(rows)]
    if "read" not in roles and rows is not None:
        sought.reverse()
    field, why, sure = max((_id_field(view, m, parameter, takes) for m in sought), key=_is_found)
    return Shape(
        envelope=envelope,
        list_member=member,
        id_field=field,
        why=why,
        sure=sure,
        members=members,
    )


def _is_found(found: tuple[str, str, float]) -> bool:
    return bool(found[0])


def _envelope(view: ContractView, shown: Piece, draft: Draft) -> str:
    """The member that wraps an item: ``data``, or one called as the resource is."""
    members = view.members(shown)
    parameter = draft.item.parameter if draft.item is not None else ""
    if _id_field(view, members, parameter)[2] > 0.7:
        return ""
    own = stem(draft.text)
    last = stem((words(draft.text) or ("",))[-1])
    for name, piece in members.items():
        plain = stem(name)
        if plain in WRAPPERS or plain in (own, last):
            inner = view.items(piece) or piece
            plainly = len(members) <= 3 and "object" in view.kinds(inner)
            if plainly or view.members(inner):
                return name
    objects = [n for n, piece in members.items() if view.members(piece)]
    return objects[0] if len(members) == 1 and objects else ""


def id_field_of(view: ContractView, members: Mapping[str, Piece], parameter: str) -> str:
    """The member that holds the id which a parameter takes; empty where none is recognised."""
    return _id_field(view, members, parameter)[0]


def _id_field(
    view: ContractView,
    members: Mapping[str, Piece],
    parameter: str,
    takes: frozenset[str] = frozenset(),
) -> tuple[str, str, float]:
    """The member that holds the id, how it was recognised, and how sure that is."""
    scalar = {
        "".join(words(name)): name
        for name, piece in reversed(list(members.items()))
        if not (kinds := view.kinds(piece)) or kinds & SCALARS
    }
    if not parameter:
        return (scalar["id"], "it is called 'id'", 0.8) if "id" in scalar else ("", "", 0.6)
    plain = "".join(words(parameter))
    if plain in scalar:
        return scalar[plain], f"the path parameter '{parameter}' has its name", 1.0
    for known in SYNONYMS.get(plain, ()):
        if "".join(words(known)) in scalar:
            name = scalar["".join(words(known))]
            return name, f"'{name}' is what '{parameter}' usually means", 0.8
    ends = [name for name in scalar if len(name) > 1 and plain.endswith(name)]
    if ends and plain not in SYNONYMS:
        name = scalar[max(ends, key=len)]
        return name, f"the path parameter '{parameter}' ends in its name", 0.95
    general = [scalar[name] for name in GENERAL if name in scalar]
    if not general:
        return "", "", 0.6
    fitting = [name for name in general if not takes or takes & view.kinds(members[name])]
    name = (fitting or general)[0]
    return name, f"it is called '{name}'", 0.75 if fitting else 0.6


def _taken(view: ContractView, draft: Draft, parameter: str) -> frozenset[str]:
    """The types that the path parameter takes, as far as the document says."""
    for operation in draft.roles.values():
        for found in operation.parameters_in("path"):
            if found.name == parameter and found.schema is not None:
                return view.kinds(piece_of(found.schema)) & SCALARS
    return frozenset()

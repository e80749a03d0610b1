"""What an item looks like on the wire: its envelope, its id, and the list around it."""

from __future__ import annotations

from collections.abc import Mapping

from verifier.loading.resources.draft import Draft
from verifier.loading.resources.language import stem
from verifier.loading.resources.signs import list_member
from verifier.loading.view import ContractView, Piece, words

__all__ = ["Shape", "shape_of"]

from dataclasses import dataclass

GENERAL = ("id", "uuid", "guid", "gid", "sid", "key", "number", "code", "name", "slug")
SYNONYMS = {
    "username": ("username", "user_name", "login", "handle"),
    "user": ("username", "login", "id"),
    "org": ("login", "slug", "id"),
}
WRAPPERS = ("data", "result", "response", "item", "payload")
SCALARS = frozenset(("string", "integer", "number"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
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
    member = "" if listed is None or "array" in view.kinds(listed) else ""
    if listed is not None and "array" not in view.kinds(listed):
        member = list_member(view, listed, draft.text)
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
    parameter = draft.item.text if draft.item is not None and draft.item.variable else ""
    field, why, sure = _id_field(view, members, parameter)
    if not field and rows is not None:
        field, why, sure = _id_field(view, view.members(rows), parameter)
    return Shape(
        envelope=envelope,
        list_member=member,
        id_field=field,
        why=why,
        sure=sure,
        members=members,
    )


def _envelope(view: ContractView, shown: Piece, draft: Draft) -> str:
    """The member that wraps an item: ``data``, or one called as the resource is."""
    members = view.members(shown)
    parameter = draft.item.text if draft.item is not None and draft.item.variable else ""
    if _id_field(view, members, parameter)[2] > 0.7:
        return ""
    own = stem(draft.text)
    last = stem((words(draft.text) or ("",))[-1])
    for name, piece in members.items():
        plain = stem(name)
        if plain in WRAPPERS or plain in (own, last):
            inner = view.items(piece) or piece
            if view.members(inner) or "object" in view.kinds(inner):
                return name
    objects = [n for n, piece in members.items() if view.members(piece)]
    return objects[0] if len(members) == 1 and objects else ""


def _id_field(
    view: ContractView, members: Mapping[str, Piece], parameter: str
) -> tuple[str, str, float]:
    """The member that holds the id, how it was recognised, and how sure that is."""
    scalar = {
        "".join(words(name)): name
        for name, piece in reversed(members.items())
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
    for known in GENERAL:
        if known in scalar:
            return scalar[known], f"it is called '{scalar[known]}'", 0.75
    return "", "", 0.6

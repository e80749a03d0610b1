"""Fields of one resource that hold the id of another: ``customer``, ``customerId``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from verifier.loading.resources.draft import Draft
from verifier.loading.resources.language import singular, stem
from verifier.loading.view import ContractView, Piece, piece_of, words
from verifier.model import Reference

__all__ = ["index_of", "references_of"]

IDS = frozenset(("id", "ids", "uuid", "uuids", "gid", "sid", "guid", "key", "ref"))
SAYS_ID = re.compile(r"\b(?:ids?|identifiers?|uuids?|gids?|sids?)\b", re.IGNORECASE)
SCALARS = frozenset(("string", "integer"))
MOST_FIELDS = 400


def index_of(drafts: Iterable[Draft]) -> dict[str, Draft]:
    """The word for one thing to its resource; of several of one name the least nested."""
    found: dict[str, Draft] = {}
    for draft in sorted(drafts, key=lambda d: d.item.path.count("{") if d.item else 99):
        if draft.item is not None and draft.item.variable:
            found.setdefault(stem(draft.text), draft)
    return found


def references_of(
    view: ContractView, draft: Draft, members: Mapping[str, Piece], index: Mapping[str, Draft]
) -> tuple[Reference, ...]:
    """
    The references of a resource, from its representation and what its creation takes.

    Args:
        members: Of the representation.
        index: From ``index_of``.
    """
    fields = {**members, **view.members(view.body(draft.roles.get("create")))}
    found = (
        _reference(view, name, piece, draft, index)
        for name, piece in list(fields.items())[:MOST_FIELDS]
    )
    return tuple(reference for reference in found if reference is not None)


def _reference(
    view: ContractView, name: str, piece: Piece, draft: Draft, index: Mapping[str, Draft]
) -> Reference | None:
    parts = words(name)
    marked = len(parts) > 1 and parts[-1] in IDS
    plain = parts[:-1] if marked else parts
    for target, whole in _targets(plain, index):
        if target is draft and (whole or not marked):
            continue
        if _has_another_form(view, piece, target):
            continue
        if not _holds_id(view, piece):
            return None
        sure = (0.9 if marked else 0.6) - (0.0 if whole else 0.2)
        said = _says_id(view, piece)
        if not marked and not said and not _expandable(view, piece):
            sure -= 0.2
        if sure < 0.4:
            return None
        says = f"named after '{target.name}'" if whole else f"its name ends in '{target.name}'"
        return Reference(
            field=name,
            resource=target.name,
            confidence=min(1.0, sure + (0.1 if said else 0.0)),
            reason=says + (", and described as an id" if said else ""),
        )
    return None


def _targets(parts: tuple[str, ...], index: Mapping[str, Draft]) -> Iterator[tuple[Draft, bool]]:
    """The resources that a name may mean: the whole of it, then ever less of its end."""
    if not parts:
        return
    last = singular(parts[-1])
    for start in range(len(parts)):
        key = "".join((*parts[start:-1], last))
        if key in index:
            yield index[key], start == 0


def _holds_id(view: ContractView, piece: Piece) -> bool:
    kinds = view.kinds(piece)
    if "array" in kinds and not kinds & SCALARS:
        return bool(view.kinds(view.items(piece)) & SCALARS)
    node = view.follow(piece).node
    chosen = isinstance(node, dict) and (
        "enum" in node or node.get("format") in ("date-time", "uri")
    )
    return bool(kinds & SCALARS) and not chosen


def _has_another_form(view: ContractView, piece: Piece, target: Draft) -> bool:
    """Whether a field takes texts of one form, and a resource's paths those of another."""
    name = target.item.parameter if target.item is not None else ""
    taken = {
        _pattern(view, piece_of(parameter.schema))
        for operation in target.roles.values()
        for parameter in operation.parameters_in("path")
        if parameter.name == name and parameter.schema is not None
    } - {""}
    own = _pattern(view, piece)
    return bool(own and taken) and own not in taken


def _pattern(view: ContractView, piece: Piece) -> str:
    node = view.follow(piece).node
    return str(node.get("pattern", "")) if isinstance(node, dict) else ""


def _expandable(view: ContractView, piece: Piece) -> bool:
    """An id that the vendor may replace by the object itself."""
    kinds = view.kinds(piece)
    return bool(kinds & SCALARS) and "object" in kinds


def _says_id(view: ContractView, piece: Piece) -> bool:
    for node in (piece.node, view.follow(piece).node):
        description = node.get("description") if isinstance(node, dict) else None
        if isinstance(description, str) and SAYS_ID.search(description[:300]):
            return True
    return False

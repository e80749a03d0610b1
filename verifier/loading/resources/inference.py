"""From paths to resources, with a confidence and a reason for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from verifier.loading.resources.draft import ROLES, Draft
from verifier.loading.resources.language import stem
from verifier.loading.resources.naming import give_names
from verifier.loading.resources.reading import TreeReader
from verifier.loading.resources.references import index_of, references_of
from verifier.loading.resources.shapes import Shape, shape_of
from verifier.loading.resources.tree import grow
from verifier.loading.view import ContractView
from verifier.model import Resource, deferred

__all__ = ["infer_resources"]


def infer_resources(view: ContractView) -> tuple[Resource, ...]:
    """Every resource of a contract, in the order of its paths."""
    reader = TreeReader(view)
    reader.read(grow(view.operations))
    drafts = _adopt([draft for draft in reader.drafts if not draft.empty])
    for draft in drafts:
        found = reader.searches.get(stem(draft.text))
        if found is not None and draft.item is not None and "search" not in draft.roles:
            draft.roles["search"] = reader.searches.pop(stem(draft.text))
    give_names(drafts)
    index = index_of(drafts)
    return tuple(_resource(view, draft, index) for draft in drafts)


def _adopt(drafts: Sequence[Draft]) -> list[Draft]:
    """
    Give items without a collection one of the same name from elsewhere.

    ``/sections/{id}`` and ``/projects/{id}/sections`` are one resource: created inside another,
    and addressed on its own.
    """
    loose: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.item is None:
            loose.setdefault(stem(draft.text), []).append(draft)
    adopted = set()
    for draft in drafts:
        alone = draft.item is not None and not draft.single and draft.collection is None
        choices = [
            d
            for d in loose.get(stem(draft.text), ())
            if id(d) not in adopted and not _inside(d, draft)
        ]
        if not alone or not choices:
            continue
        best = min(choices, key=_distance)
        draft.collection, draft.container = best.collection, best.container or draft.container
        for role, operation in best.roles.items():
            draft.take(role, operation)
        draft.actions += best.actions
        draft.guess(0.75, "its collection stands under another path of the same name")
        adopted.add(id(best))
    return [draft for draft in drafts if id(draft) not in adopted]


def _inside(draft: Draft, other: Draft) -> bool:
    """Whether a resource stands below another: a team's own teams."""
    above = draft.container
    while above is not None and above is not other:
        above = above.container
    return above is other


def _distance(draft: Draft) -> tuple[bool, bool, int]:
    path = draft.collection.path if draft.collection else ""
    return "create" not in draft.roles, "list" not in draft.roles, path.count("{")


def _resource(view: ContractView, draft: Draft, index: dict[str, Draft]) -> Resource:
    """A resource whose schemas are looked at when somebody asks what is in them."""
    item = draft.item

    @cache
    def seen() -> Mapping[str, Any]:
        shape = shape_of(view, draft)
        _judge(draft, shape)
        return {
            "id_field": shape.id_field if item is not None or "create" in draft.roles else "",
            "envelope": shape.envelope,
            "list_member": shape.list_member,
            "references": references_of(view, draft, shape.members, index),
            "confidence": round(draft.sure, 2),
            "reason": "; ".join(draft.because) + ".",
        }

    roles = {role: draft.roles[role].key if role in draft.roles else "" for role in ROLES}
    return deferred(
        Resource,
        lambda name: seen()[name],
        name=draft.name,
        collection=draft.collection.path if draft.collection else "",
        item=item.path if item else "",
        **roles,
        actions=tuple(dict.fromkeys(operation.key for operation in draft.actions)),
        id_parameter=item.parameter if item is not None else "",
        parent=draft.container.name if draft.container else "",
        calls={},
    )


def _judge(draft: Draft, shape: Shape) -> None:
    """Say what the inference rests on, and how far that carries."""
    if draft.single:
        changed = len(draft.roles) > 1
        draft.guess(0.85 if changed else 0.6, "one thing at a fixed path")
    elif draft.item is None:
        draft.guess(0.8 if "list" in draft.roles else 0.6, "a collection path without an item path")
    elif draft.collection is None:
        draft.guess(0.85, "an item path without a collection path")
    else:
        draft.guess(1.0, "a collection path and an item path")
    if draft.item is None or draft.single:
        return
    if shape.id_field:
        draft.guess(shape.sure, f"'{shape.id_field}' is the id: {shape.why}")
    else:
        draft.guess(0.8, "no field could be recognised as the id")

"""Which act an operation is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from verifier.mocking.acting.changing import change, move, replace_with
from verifier.mocking.acting.creating import create
from verifier.mocking.acting.listing import list_all
from verifier.mocking.acting.reading import read
from verifier.mocking.acting.removing import remove
from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked
from verifier.mocking.outcome import Nothing, Outcome, Plain
from verifier.mocking.refusal import Refusal
from verifier.model import Resource

__all__ = ["act"]

Act = Callable[[Shop, Asked, Resource], Outcome | Refusal]

ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "create": create,
        "list": list_all,
        "search": list_all,
        "read": read,
        "update": change,
        "replace": replace_with,
        "delete": remove,
        "action": move,
    }
)


def act(shop: Shop, asked: Asked) -> Outcome | Refusal:
    """Do what was asked."""
    resource = asked.resource
    if resource is None or not asked.role:
        if asked.practice.media is None:
            return Nothing()
        return Plain(says=dict(asked.body) if asked.operation.method != "GET" else {})
    return _missing_parent(shop, asked, resource) or ACTS[asked.role](shop, asked, resource)


def _missing_parent(shop: Shop, asked: Asked, resource: Resource) -> Refusal | None:
    if not resource.parent:
        return None
    parent = shop.contract.resource(resource.parent)
    id = str(asked.draft.path.get(parent.id_parameter, ""))
    knows = shop.state.count(parent.name) or parent.create
    if not id or not knows or shop.state.get(parent.name, id, asked.caller.tenant):
        return None
    return shop.gone(parent)

"""What a new thing does to those that it refers to: a payment makes its invoice paid."""

from __future__ import annotations

from typing import Any

from verifier.mocking.acting.merging import settle
from verifier.mocking.acting.references import is_id, references_to
from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked
from verifier.mocking.english import alike, singular, words
from verifier.mocking.kinds import Kind
from verifier.mocking.kinds.schemas import choices, members_of
from verifier.mocking.state import Row

__all__ = ["consequences", "states_of"]

STATES = ("status", "state")


def consequences(shop: Shop, asked: Asked, kind: Kind, row: Row) -> None:
    """Move the status of what a new row refers to, where one of its states says what it is."""
    if not kind.resource.references:
        return
    noun = singular((words(kind.name) or ("",))[-1])
    for reference in references_to(kind):
        id = row.value.get(reference.field.strip("/"))
        target = shop.practices.kinds.named(reference.resource)
        if target is None or not is_id(id):
            continue
        other = shop.state.get(target.name, str(id), asked.caller.tenant)
        for name, known in states_of(target).items():
            reached = next((c for c in known if isinstance(c, str) and alike(c, noun)), None)
            if other is not None and reached is not None and other.value.get(name) != reached:
                settle(shop, target, other, {name: reached})


def states_of(kind: Kind) -> dict[str, list[Any]]:
    """The members that say where a thing stands, with their choices."""
    members = members_of(kind.item)
    found = {name: choices(m) for name, m in members.items() if name.lower() in STATES}
    return {name: known for name, known in found.items() if known}

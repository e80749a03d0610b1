"""One small change of an item, such as every vendor that can change it at all must take."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from typing import Any

from msgspec import Struct

from verifier.checks.comparing import hidden
from verifier.checks.members import members, other_value
from verifier.model import Contract, Draw, Item, Missing, Resource, Row, Send, Step

__all__ = ["Change", "change_of", "changeable", "made", "shown"]

REFERENCE = re.compile(r"(?:^|_|[a-z](?=I))(?:ids?|Ids?|ID|uuid|key|token|email|url|currency)$")


class Change(Struct, frozen=True, kw_only=True):
    """
    A change of one member.

    Args:
        operation: Key of the operation that makes it.
        name: Of the member; ``value`` is what it is to be.
        body: The member alone for an update, with all others for a replacement.
    """

    operation: str
    name: str
    value: Any
    body: Mapping[str, Any]

    def of(self, item: Item) -> Draw:
        """The step that makes a request of it."""
        return Draw(operation=self.operation, path=item.path, body=self.body, exact=True)

    def shown_in(self, row: Row) -> bool:
        """Whether a representation has the new value."""
        return bool(row.get(self.name) == self.value)


def changeable(resource: Resource) -> str:
    """Why an item cannot be created, changed and read; empty where it can."""
    ways = resource.create and resource.read and (resource.update or resource.replace)
    return "" if ways else "it cannot be created, changed and read"


def change_of(contract: Contract, resource: Resource, row: Row) -> Change | None:
    """
    A change of the member for which another valid value is plainest; None where there is none.

    Free text comes before choices, which may only be allowed in some order; what names another
    thing, or the item itself, is left alone.

    Args:
        row: The item as it was read.
    """
    operation = contract.operation(resource.update or resource.replace)
    known = members(operation)
    names = {reference.field for reference in resource.references}
    names |= {resource.id_field, resource.id_parameter}
    free = [
        n
        for n in known
        if n in row and n not in names and not (REFERENCE.search(n) or hidden(row[n]))
    ]
    for name in sorted(free, key=lambda name: _is_choice(known[name])):
        value = other_value(known[name], row[name])
        if value is not None:
            whole = {} if resource.update else {k: v for k, v in row.items() if k in known}
            body = {**whole, name: value}
            return Change(operation=operation.key, name=name, value=value, body=body)
    return None


def shown(resource: Resource, item: Item) -> Generator[Step, Any, Row]:
    """An item as it is read now; empty where it is not shown."""
    reading = yield Draw(operation=resource.read, path=item.path)
    return resource.item_in((yield Send(reading.request)).value) or {}


def made(change: Change, resource: Resource, item: Item) -> Generator[Step, Any, tuple[str, ...]]:
    """
    Make a change and read it back; goes on only where it can be seen to be made.

    Returns:
        Ids of the two exchanges.
    """
    changed = yield Send((yield change.of(item)).request)
    reading = yield Draw(operation=resource.read, path=item.path)
    read = yield Send(reading.request)
    if not changed.succeeded or not change.shown_in(resource.item_in(read.value) or {}):
        yield Missing(
            reason=f"a change of {change.name} cannot be seen to be made",
            supply="changes that can be read; see contract.update-is-visible",
        )
    return changed.id, read.id


def _is_choice(schema: Any) -> bool:
    return isinstance(schema, Mapping) and "enum" in schema

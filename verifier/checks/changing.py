"""One small change of an item, such as every vendor that can change it at all must take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verifier.checks.members import members, other_value
from verifier.model import Contract, Draw, Item, Resource, Row

__all__ = ["Change", "change_of", "changeable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
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
    A change of the first member for which another valid value is plain; None where none is.

    Args:
        row: The item as it was read.
    """
    operation = contract.operation(resource.update or resource.replace)
    known = members(operation)
    for name, schema in known.items():
        value = other_value(schema, row.get(name))
        if name in row and value is not None:
            whole = {} if resource.update else {k: v for k, v in row.items() if k in known}
            body = {**whole, name: value}
            return Change(operation=operation.key, name=name, value=value, body=body)
    return None

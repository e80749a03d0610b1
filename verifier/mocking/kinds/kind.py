"""A kind of thing that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from verifier.model import Resource, Schema

__all__ = ["Kind"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kind:
    """
    A kind of thing that is kept.

    Args:
        name: Of the resource that it is kept for.
        template: Path of one thing; empty where things have no path.
        keys: Variables of that path, in order: together they name one thing.
        own: The variable that holds its id; empty where there is one thing for each parent.
        item: Schema of one thing; None where the document has none.
        id_path: Members that lead to the id in a representation; empty where it is not told.
        own_schemas: What paths say of the id.
        aliases: Members that name a thing in paths as well.
        creatable: Whether the API makes things of this kind.
        shown: One as an example of the document shows it, where calls tell it; None for none.
        made_up: Whether some are there from the beginning, since nobody can make any.
        around: The variables that name where it is.
    """

    name: str
    resource: Resource
    template: str = ""
    keys: tuple[str, ...] = ()
    own: str = ""
    item: Schema | None = None
    id_path: tuple[str, ...] = ()
    own_schemas: tuple[Schema, ...] = ()
    aliases: tuple[str, ...] = ()
    creatable: bool = False
    made_up: bool = False
    shown: Mapping[str, Any] | None = None
    around: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        around = tuple(key for key in self.keys if key != self.own)
        object.__setattr__(self, "around", around)

    def id_in(self, value: Any) -> Any:
        """The id that a representation tells; None where it tells none."""
        for name in self.id_path:
            value = value.get(name) if isinstance(value, (dict, Mapping)) else None
        return value if self.id_path and isinstance(value, (str, int)) else None

    def with_id(self, value: Mapping[str, Any], id: Any) -> dict[str, Any]:
        """A representation that tells this id."""
        if not self.id_path:
            return dict(value)
        *outer, last = self.id_path
        made: Any = {last: id}
        for name in reversed(outer):
            made = {name: made}
        first = self.id_path[0]
        inner = value.get(first)
        if outer and isinstance(inner, Mapping):
            return {**value, first: {**inner, **made[first]}}
        return {**value, **made}

    def without_id(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Members that change a thing: its id does not."""
        own = self.id_path[0] if len(self.id_path) == 1 else ""
        return {name: member for name, member in value.items() if name != own}

    @property
    def single(self) -> bool:
        """Whether there is one thing for each parent, without an id of its own."""
        return bool(self.template) and not self.own

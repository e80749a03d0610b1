"""A kind of thing that the vendor keeps, and how its items are found in answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from verifier.model.deferral import Read, field_of

__all__ = ["Call", "Reference", "Resource", "Row"]

# Where the document does not say how an item is wrapped and called.
USUAL_ENVELOPES = ("data", "result", "item")
USUAL_IDS = ("id", "uuid", "_id", "key", "name")
MOST_BESIDE_AN_ITEM = 3
Row = Mapping[str, Any]


class Reference(Struct, frozen=True, kw_only=True):
    """A field of a resource's representation (or of its create body) that holds another's id."""

    field: str
    resource: str
    confidence: float
    reason: str


class Call(Struct, frozen=True, kw_only=True):
    """
    An operation that is called by a name (``/chat.update``) and names things by its arguments.

    Args:
        role: What it does to a thing: ``create``, ``read`` ... or ``action``.
        verb: The word for that in its name.
        arguments: Variable of the resource's ``item`` to the query parameter, or member of the
            body, that says it.
        by: The argument that it looks a thing up by, where that is none of them (``email``).
        shown: Member of its answer in which things stand; empty where it tells none.
        many: Whether several stand there.
        tells: Members of its answer, beside the thing, to the variables that they tell.
    """

    role: str
    verb: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    shown: str = ""
    many: bool = False
    tells: Mapping[str, str] = field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """
    A kind of thing that the vendor keeps, inferred from the paths, and overridable.

    Operations are named by their key. ``id_field`` is the member of the representation that holds
    the id; ``id_parameter`` the last path parameter of ``item``.

    Args:
        name: Unique; the collection's last fixed segment, made unique by its parent's name.
        collection: Path template of the collection; empty where there is none.
        item: Path template of one item; empty where there is none.
        parent: Name of the resource that contains it; empty at the top.
        envelope: Member of the *item* representation that wraps it (``data``); empty where bare.
        list_member: Member of the list answer that holds the items; empty where a bare array.
        confidence: 0 to 1.
        reason: One sentence saying what the inference rests on.
        calls: Of what is reached by calls: operation to what it does. Then ``item`` is one of them
            with the arguments that name a thing (``/conversations.info?channel={channel}``).
    """

    name: str
    collection: str = ""
    item: str = ""
    create: str = ""
    read: str = ""
    list: str = ""
    update: str = ""
    replace: str = ""
    delete: str = ""
    search: str = ""
    actions: tuple[str, ...] = ()
    id_field: str = ""
    id_parameter: str = ""
    parent: str = ""
    envelope: str = ""
    list_member: str = ""
    references: tuple[Reference, ...] = ()
    confidence: float = 1.0
    reason: str = ""
    calls: Mapping[str, Call] = dataclasses.field(default_factory=dict)
    _read: Read | None = dataclasses.field(default=None, init=False, repr=False, compare=False)

    if not TYPE_CHECKING:
        __getattr__ = field_of

    @property
    def operations(self) -> tuple[str, ...]:
        """Keys of all its operations."""
        named = (
            self.create,
            self.read,
            self.list,
            self.update,
            self.replace,
            self.delete,
            self.search,
        )
        return tuple(key for key in named if key) + self.actions

    def rows_in(self, answer: Any) -> tuple[Row, ...]:
        """The items of a list answer's JSON value; none where it is no list."""
        if isinstance(answer, Mapping):
            lists = {name: held for name, held in answer.items() if isinstance(held, list)}
            only = next(iter(lists.values())) if len(lists) == 1 else []
            answer = lists.get(self.list_member, only)
        found = [self.item_in(row) for row in answer] if isinstance(answer, list) else []
        return tuple(row for row in found if row is not None)

    def lists(self, answer: Any) -> bool:
        """Whether an answer's JSON value is a list of items, be it an empty one."""
        if isinstance(answer, Mapping):
            held = [value for value in answer.values() if isinstance(value, list)]
            return bool(held) or (bool(self.list_member) and self.list_member in answer)
        return isinstance(answer, list)

    def item_in(self, answer: Any) -> Row | None:
        """The item in an answer's JSON value, taken out of its envelope; None where none is."""
        if not isinstance(answer, Mapping):
            return None
        for name in (self.envelope,) if self.envelope else USUAL_ENVELOPES:
            alone = len(answer) <= MOST_BESIDE_AN_ITEM or self.envelope
            inner = answer.get(name)
            if isinstance(inner, Mapping) and alone and self.id_of(answer) is None:
                return inner
        return answer

    def id_in(self, answer: Any) -> str | int | None:
        """The id of the item in an answer's JSON value; None where there is none."""
        return self.id_of(self.item_in(answer) or {})

    def id_of(self, row: Row) -> str | int | None:
        """The id of an item: under the inferred name, the path parameter's, or a usual one."""
        for name in [self.id_field] if self.id_field else [self.id_parameter, *USUAL_IDS]:
            held = row.get(name)
            if isinstance(held, (str, int)) and not isinstance(held, bool) and held != "":
                return held
        return None

"""One of two systems, as a draft looks at it: its record's fields, and what they may mean."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from verifier.mapping.drafting.words import words_of
from verifier.mapping.nouns import Part, Path
from verifier.mapping.shapes import Field, Shape, shape_of, walk
from verifier.model import Contract, Schema

__all__ = ["Column", "DraftSide", "fields_below", "leaf", "lists_of"]

MOST_EXAMPLES = 20


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """
    What an export holds in one field.

    Args:
        values: Texts of rows, aligned with those of the other system where a key joins them.
    """

    name: str
    values: tuple[str | None, ...] = dataclasses.field(repr=False)


class DraftSide(Struct, frozen=True, eq=False, dict=True):
    """
    One system.

    Args:
        spec: Where its document is, as the contract will name it.
        schema: The record's schema in it.
        columns: What an export holds, by field; empty where there is none.
    """

    spec: str
    document: Contract
    schema: Schema
    columns: Mapping[Path, Column] = field(default_factory=dict)

    @property
    def pointer(self) -> str:
        """Where the record's schema stands."""
        return f"#{self.schema.at.path}"

    @property
    def record(self) -> str:
        """What the record is called."""
        return self.pointer.rpartition("/")[2]

    @cached_property
    def shape(self) -> Shape:
        """The record's fields."""
        return shape_of(self.schema)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field, outer before inner."""
        return tuple(walk(self.shape))

    @cached_property
    def known(self) -> frozenset[str]:
        """The words of the record's own name, which its fields may repeat."""
        return words_of(Path((Part(self.record),)))[0]

    def words(self, path: Path) -> tuple[frozenset[str], frozenset[str]]:
        """The words of a field, and of what it stands in."""
        return words_of(path, known=self.known)

    def examples(self, one: Field) -> list[Any]:
        """Values that the document gives as examples, and those of an export."""
        column = self.columns.get(one.path)
        real = [value for value in column.values if value] if column else []
        return [*_examples(one), *dict.fromkeys(real[: MOST_EXAMPLES * 10])]


def _examples(one: Field) -> list[Any]:
    found: list[Any] = []
    for branch in one.shape.branches:
        for part in branch:
            given = part.node.get("examples")
            found += given[:MOST_EXAMPLES] if isinstance(given, list) else []
            found += [part.node[name] for name in ("example", "default") if name in part.node]
    return found


def leaf(one: Field) -> bool:
    """Whether it holds a value, and not members or items."""
    return not one.facts.types or not one.facts.types <= {"object", "array"}


def fields_below(fields: tuple[Field, ...], block: Path) -> list[Field]:
    """The values of one list's items; those outside of every list for an empty path."""
    return [
        one
        for one in fields
        if leaf(one)
        and one.path.inside(block)
        and not any(part.many for part in one.path.below(block).parts)
    ]


def lists_of(side: DraftSide) -> list[Path]:
    """Lists of objects, outside of other lists."""
    found = []
    for one in side.fields:
        if leaf(one) and one.path.many:
            outer = next(n for n, part in enumerate(one.path.parts) if part.many)
            path = Path(one.path.parts[: outer + 1])
            if path not in found:
                found.append(path)
    return found

"""What a draft proposes for one field, one table, and the whole, before it is written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from verifier.mapping.drafting.guessing import Guess
from verifier.mapping.nouns import Path

__all__ = ["Proposal", "ProposedBlock", "ProposedRow", "ProposedRule"]


class ProposedRow(Struct, frozen=True, kw_only=True):
    """One line of a table; ``made`` is None where nothing looks like it."""

    given: Any
    made: Any
    broader: bool = False


class ProposedRule(Struct, frozen=True, kw_only=True):
    """
    A rule.

    Args:
        target, sources: Paths as the contract writes them, those of a list's item included.
        questions: What a person has to decide; none where names, schemas and rows leave no doubt.
        because: Why these fields were put together, for a comment.
    """

    target: Path
    sources: tuple[Path, ...] = ()
    via: tuple[Any, ...] = ()
    combine: str = ""
    table: str = ""
    rows: tuple[ProposedRow, ...] = ()
    questions: tuple[str, ...] = ()
    because: str = ""


class ProposedBlock(Struct, frozen=True, kw_only=True):
    """A list that is made item by item."""

    target: Path
    each: Path
    rules: tuple[ProposedRule, ...]


class Proposal(Struct, frozen=True, kw_only=True):
    """
    A contract that somebody has still to finish.

    Args:
        left_source: Fields of the source that nothing reads.
        left_target: Optional fields of the target that nothing writes.
        link: The fields that hold the same id, where there are such.
        key: How the rows of two exports were paired; empty without exports.
    """

    name: str
    rules: tuple[ProposedRule | ProposedBlock, ...]
    source_meaning: Mapping[Path, Guess] = field(default_factory=dict)
    target_meaning: Mapping[Path, Guess] = field(default_factory=dict)
    left_source: tuple[Path, ...] = ()
    left_target: tuple[Path, ...] = ()
    link: tuple[Path, Path] | None = None
    key: str = ""

    def each(self) -> tuple[ProposedRule, ...]:
        """Every rule, those of lists included."""
        found: list[ProposedRule] = []
        for entry in self.rules:
            found += entry.rules if isinstance(entry, ProposedBlock) else (entry,)
        return tuple(found)

    @property
    def open(self) -> int:
        """How many rules ask something."""
        return sum(bool(rule.questions) for rule in self.each())

"""What came of acting, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verifier.mocking.paging import Page
from verifier.mocking.state import Row

__all__ = ["Listed", "Nothing", "Outcome", "Plain", "Shown", "Unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """
    One thing is told, as it is now.

    Args:
        row: The thing; for one that was deleted or never kept, as it was.
        created: It is new.
        gone: It is there no longer.
    """

    row: Row
    created: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page of things is told."""

    page: Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The asker has it already (304)."""

    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """What is no thing that is kept: an example of the document, or a sampled body."""

    says: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """It was done, and there is nothing to tell."""


Outcome = Shown | Listed | Unchanged | Plain | Nothing

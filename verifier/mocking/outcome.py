"""What came of acting, before it is put into words."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from verifier.mocking.paging.page import Page
from verifier.mocking.paging.pager import Pager
from verifier.mocking.state import Row

__all__ = ["Counted", "Listed", "Nothing", "Outcome", "Plain", "Shown", "Unchanged"]


class Shown(Struct, frozen=True, kw_only=True):
    """
    Things are told, as they are now.

    Args:
        rows: The things; those that were deleted or never kept, as they were.
        created: They are new.
        gone: They are there no longer.
    """

    rows: tuple[Row, ...]
    created: bool = False
    gone: bool = False


class Listed(Struct, frozen=True, kw_only=True):
    """A page of things is told, cut by its pager."""

    page: Page
    pager: Pager


class Counted(Struct, frozen=True, kw_only=True):
    """How many things there are is told, and none of them."""

    number: int


class Unchanged(Struct, frozen=True, kw_only=True):
    """The asker has it already (304)."""

    row: Row


class Plain(Struct, frozen=True, kw_only=True):
    """What is no thing that is kept: an example of the document, or a sampled body."""

    says: dict[str, Any]


class Nothing(Struct, frozen=True, kw_only=True):
    """It was done, and there is nothing to tell."""


Outcome = Shown | Listed | Counted | Unchanged | Plain | Nothing

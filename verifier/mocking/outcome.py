"""What came of acting, before it is put into words."""

from __future__ import annotations

from typing import Any

from verifier.mocking.paging.page import Page
from verifier.mocking.paging.pager import Pager
from verifier.mocking.state import Row
from verifier.model import fleeting

__all__ = ["Counted", "Listed", "Nothing", "Outcome", "Plain", "Shown", "Unchanged"]


@fleeting
class Shown:
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


@fleeting
class Listed:
    """A page of things is told, cut by its pager."""

    page: Page
    pager: Pager


@fleeting
class Counted:
    """How many things there are is told, and none of them."""

    number: int


@fleeting
class Unchanged:
    """The asker has it already (304)."""

    row: Row


@fleeting
class Plain:
    """What is no thing that is kept: an example of the document, or a sampled body."""

    says: dict[str, Any]


@fleeting
class Nothing:
    """It was done, and there is nothing to tell."""


Outcome = Shown | Listed | Counted | Unchanged | Plain | Nothing

"""One step that a rule may take: what it takes and gives, and whether anything is lost."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from verifier.loading.declaration import Kind

__all__ = ["Nature", "Operation", "differs"]

Step = Callable[[Any], Any]


class Nature(enum.Enum):
    """
    What an operation does to information.

    ``INVERTIBLE`` can be undone. ``NORMALISING`` does nothing the second time, and what it levels
    means the same. ``LOSSY`` loses something: each loss is entered in the ledger, and a two-way
    field needs to say what is done on the way back.
    """

    INVERTIBLE = "invertible"
    NORMALISING = "normalising"
    LOSSY = "lossy"


def differs(old: Any, new: Any) -> bool:
    """Whether a lossy step has lost anything, as most do: it has where the value has changed."""
    return bool(old != new)


class Operation(Struct, frozen=True, kw_only=True, eq=False):
    """
    A named step of the closed list; its name is its file's, its help the file's docstring.

    Args:
        takes: Types of value that it can be given: ``text``, ``number``, ``date``, ``datetime``,
            ``boolean``, ``list``; ``any`` is all of them.
        gives: Type of what it makes; ``same`` is what it was given.
        make: From the argument to the step itself; raises Trouble for a value it cannot take.
        argument: What may stand after its name in a contract; None for nothing.
        needs_argument: Whether it must.
        undo: From the argument to the inverse step, where there is one.
        lost: Whether a step from one value to another has lost something.
        reason: What the ledger calls the loss.
    """

    nature: Nature
    takes: tuple[str, ...]
    gives: str
    make: Callable[[Any], Step]
    argument: Kind | None = None
    needs_argument: bool = False
    undo: Callable[[Any], Step] | None = None
    lost: Callable[[Any, Any], bool] = differs
    reason: str = ""

"""Write the items of a list as one text: ``{join: ", "}``."""

from __future__ import annotations

from verifier.loading.declaration import Text
from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(between: str) -> Step:
    return lambda items: between.join(str(item) for item in items)


OPERATION = Operation(
    nature=Nature.LOSSY,
    takes=("list",),
    gives="text",
    argument=Text(),
    needs_argument=True,
    make=_make,
    lost=lambda items, text: len(items) > 1,
    reason="joined",
)

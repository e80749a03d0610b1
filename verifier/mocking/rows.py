"""Rows as they stand on their shelf: looked at one by one, and only as far as somebody looks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar, overload

__all__ = ["Rows"]

Held = TypeVar("Held")


class Rows(Sequence[Held]):
    """
    What a dict holds, in its order or the other way round; never copied as a whole where only
    a part is wanted, since a page of ten may be asked of twenty thousand.

    It shows what is held now, so it is looked at before anything is put beside or taken away.
    """

    __slots__ = ("_back", "_held")

    def __init__(self, held: dict[Any, Held], *, back: bool = False) -> None:
        self._held = held
        self._back = back

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[Held]:
        held = self._held.values()
        return reversed(held) if self._back else iter(held)

    @overload
    def __getitem__(self, index: int) -> Held: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Held]: ...

    def __getitem__(self, index: int | slice) -> Held | Sequence[Held]:
        if isinstance(index, int):
            return list(self)[index]
        if index == slice(None, None, -1):
            return Rows(self._held, back=not self._back)
        start, stop, step = index.indices(len(self._held))
        return list(islice(self, start, stop)) if step == 1 else list(self)[index]

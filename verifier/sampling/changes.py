"""One thing changed about a value, and the order in which such changes tell most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Protocol, TypeVar

from msgspec import Struct

from verifier.sampling.places import found, placed, without

__all__ = ["GONE", "Added", "Change", "by_turns"]


class _Gone:
    """Stands for a member that is taken away."""


GONE: Final = _Gone()


class Added(Struct, frozen=True):
    """Stands for an object with one member more."""

    name: str
    value: Any


class Change(Struct, frozen=True):
    """
    A value put in one place of another, or taken out there; not checked yet.

    Args:
        kind: In one word, without values: ``too-long``.
        pointer: Where; ``""`` is the whole value.
        says: What is special about it: ``the longest text (255)``.
        value: What is put there; GONE takes it out, Added adds to what is there.
        under: Pointer and value of an optional member that is added first, and changed inside.
    """

    kind: str
    pointer: str
    says: str
    value: Any
    under: tuple[str, Any] | None = None

    def applied(self, base: Any) -> Any:
        """The changed value; the base stays as it is."""
        if self.under is not None:
            base = placed(base, *self.under)
        if self.value is GONE:
            return without(base, self.pointer)
        if isinstance(self.value, Added):
            more = {self.value.name: self.value.value}
            return placed(base, self.pointer, {**found(base, self.pointer), **more})
        return placed(base, self.pointer, self.value)

    @property
    def words(self) -> str:
        """Place and speciality: ``/email: the longest text (255)``."""
        return f"{self.pointer or 'the value'}: {self.says}"


class _Kind(Protocol):
    @property
    def kind(self) -> str: ...


Kind = TypeVar("Kind", bound=_Kind)


def by_turns(changes: Iterable[Kind]) -> list[Kind]:
    """One of each kind before a second of any, kinds and places in the order given."""
    turns: dict[str, int] = {}
    ranked = []
    for index, change in enumerate(changes):
        turn = turns.get(change.kind, 0)
        turns[change.kind] = turn + 1
        ranked.append((turn, index, change))
    ranked.sort(key=lambda entry: entry[:2])
    return [change for _, _, change in ranked]

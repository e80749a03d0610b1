"""What is assumed where a value is left out."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shifts import Movement, Shift, family
from verifier.model import Impact, Side

__all__ = ["defaults"]


@family("schema")
def defaults(pair: SchemaPair) -> Iterator[Shift]:
    """A request without the value now means something else: no error will tell."""
    old, new = pair.old.default, pair.new.default
    if old == new or pair.side is not Side.REQUEST:
        return
    felt = Impact.WARNING if old and new else Impact.INFO
    says = f"{pair.label.start}: the default was {_name(old)} and is now {_name(new)}."
    words = f"{_name(old)} -> {_name(new)}"
    yield pair.shift("changed", Movement.OTHER, says, words=words, impact=felt)


def _name(value: bytes | None) -> str:
    return "not told" if value is None else value[:80].decode(errors="replace")

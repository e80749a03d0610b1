"""Picking the value that a rule starts from, and telling whether there is one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from verifier.mapping.blanks import BLANK
from verifier.mapping.executing.access import ABSENT, Getter, getter
from verifier.mapping.executing.run import Run
from verifier.mapping.kinds.kind import Peer
from verifier.mapping.nouns import Meaning, Path
from verifier.mapping.tables import key_of

__all__ = ["Emptiness", "emptiness", "peer_of", "source_getter"]

Emptiness = Callable[[Any], bool]
BLANKS = frozenset(BLANK)


def source_getter(path: Path, scope: Path) -> tuple[Getter, bool]:
    """A reader of a source path, and whether it starts at the item of a list."""
    inside = bool(scope.parts) and path.inside(scope)
    return getter(path.below(scope) if inside else path), inside


def peer_of(scope: Path, *, made: bool) -> Peer:
    """
    Readers of other fields of the record that is read (or made), such as its currency.

    Args:
        scope: The list whose item is under way; an empty path outside of lists.
    """

    def peer(path: Path) -> Callable[[Run], Any]:
        read, inside = source_getter(path, scope)

        def field(run: Run) -> Any:
            record = _record(run, made, inside)
            found = read(record)
            return None if found is ABSENT else found

        return field

    return peer


def _record(run: Run, made: bool, inside: bool) -> Any:
    if made:
        return run.made_item if inside else run.made
    return run.read_item if inside else run.read


def emptiness(missing: frozenset[str], meaning: Meaning | None) -> Emptiness:
    """
    Whether a value is none: absent, null, empty, blank, or one that stands for nothing.

    Args:
        missing: Which of the first four count.
        meaning: Names those that stand for nothing.
    """
    nothing = frozenset(map(_plain, meaning.placeholders)) if meaning else frozenset()
    null, empty, blank = "null" in missing, "empty" in missing, "blank" in missing

    def is_none(value: Any) -> bool:
        if value.__class__ is str:
            if not value:
                return empty or value in nothing
            if blank and value[0] in BLANKS and not value.strip(BLANK):
                return True
            return value in nothing
        if value is None:
            return null
        if value is ABSENT:
            return True
        return bool(nothing) and _plain(value) in nothing

    return is_none


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, (dict, list)):
        return repr(value)
    return key_of(value)

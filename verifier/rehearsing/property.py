"""A property of an integration: what must hold, and how a take shows that it does."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from verifier.mocking import Entry
from verifier.model import Severity, Standpoint
from verifier.rehearsing.performance import Performance

__all__ = ["BUSY", "Property", "Word", "broken", "held", "hidden", "idle", "judged"]

BUSY = "this machine was too busy to tell"


class Word(Struct, frozen=True, kw_only=True):
    """
    What one take shows of a property.

    Args:
        entries: The requests that carry it; empty shows all.
        seen: The take that they belong to, where several were judged together.
        hidden: Whether this machine hides it, so that another performance may show it.
    """

    standpoint: Standpoint
    says: str
    expected: str = ""
    entries: tuple[Entry, ...] = ()
    seen: Performance | None = None
    hidden: bool = False


def held(says: str, entries: Sequence[Entry] = (), seen: Performance | None = None) -> Word:
    """It held."""
    return Word(standpoint=Standpoint.HELD, says=says, entries=tuple(entries), seen=seen)


def broken(
    says: str, expected: str, entries: Sequence[Entry] = (), seen: Performance | None = None
) -> Word:
    """It did not."""
    return Word(
        standpoint=Standpoint.BROKEN,
        says=says,
        expected=expected,
        entries=tuple(entries),
        seen=seen,
    )


def idle(why: str) -> Word:
    """Nothing was shown of it."""
    return Word(standpoint=Standpoint.UNEXERCISED, says=why)


def hidden(why: str = BUSY) -> Word:
    """Nothing was shown of it, for a reason that is this machine's and not the program's."""
    return Word(standpoint=Standpoint.UNEXERCISED, says=why, hidden=True)


class Property(Struct, frozen=True, kw_only=True, eq=False, dict=True):
    """
    One rule for integrations: one file of ``properties``.

    Args:
        id: The file's name with dashes.
        title: First line of the module's docstring.
        judge: A performance (all of an episode's, where ``together``) -> Word.
        timed: Whether real time decides, so that what is broken among other takes must be so by
            itself, too.
        source: The standard's clause, or where the rule comes from.
    """

    id: str
    title: str
    doc: str
    severity: Severity
    source: str
    judge: Callable[[Any], Word]
    together: bool = False
    timed: bool = False


def judged(
    *, severity: Severity, source: str, together: bool = False, timed: bool = False
) -> Callable[[Callable[[Any], Word]], Property]:
    """Turn a judge into a property; its id and its text come from its module."""

    def declare(judge: Callable[[Any], Word]) -> Property:
        doc = inspect.cleandoc(sys.modules[judge.__module__].__doc__ or "")
        return Property(
            id=judge.__module__.rpartition(".")[2].replace("_", "-"),
            title=doc.partition("\n")[0].rstrip("."),
            doc=doc,
            severity=severity,
            source=source,
            judge=judge,
            together=together,
            timed=timed,
        )

    return declare

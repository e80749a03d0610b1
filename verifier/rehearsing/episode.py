"""An episode: a way in which a vendor fails, and the properties that it shows."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable

from msgspec import Struct

from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["CALM", "Episode", "episode"]

CALM = "calm"
Takes = Callable[[Known, Theatre], Iterable[Take]]


class Episode(Struct, frozen=True, kw_only=True, eq=False, dict=True):
    """
    One file of ``episodes``.

    Args:
        id: The file's name with dashes.
        title: First line of the module's docstring.
        properties: Ids of what it shows.
        takes: What is played, given what the calm episode showed; nothing where it does not apply.
        otherwise: Why it would not apply, for the profile.
    """

    id: str
    title: str
    doc: str
    properties: tuple[str, ...]
    takes: Takes
    otherwise: str


def episode(*properties: str, otherwise: str = "") -> Callable[[Takes], Episode]:
    """Turn a function that gives takes into an episode; id and text come from its module."""

    def declare(takes: Takes) -> Episode:
        doc = inspect.cleandoc(sys.modules[takes.__module__].__doc__ or "")
        return Episode(
            id=takes.__module__.rpartition(".")[2].replace("_", "-"),
            title=doc.partition("\n")[0].rstrip("."),
            doc=doc,
            properties=properties,
            takes=takes,
            otherwise=otherwise or "it asks the vendor nothing that this could be played to",
        )

    return declare

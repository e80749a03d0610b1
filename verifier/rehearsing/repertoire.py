"""Every episode and every property that there is: ours by folder, other people's by entry point."""

from __future__ import annotations

from functools import cache

from verifier import walk
from verifier.errors import UsageError, nearest
from verifier.rehearsing import episodes as played
from verifier.rehearsing import properties as ruled
from verifier.rehearsing.episode import CALM, Episode
from verifier.rehearsing.property import Property

__all__ = ["episodes", "find_episode", "find_property", "properties"]


@cache
def episodes() -> dict[str, Episode]:
    """Id to episode, the calm one first."""
    found = {
        value.id: value
        for module in walk.modules(played, group="verifier.episodes")
        for value in vars(module).values()
        if isinstance(value, Episode)
    }
    return dict(sorted(found.items(), key=lambda pair: (pair[0] != CALM, pair[0])))


@cache
def properties() -> dict[str, Property]:
    """Id to property."""
    return {
        value.id: value
        for module in walk.modules(ruled, group="verifier.properties")
        for value in vars(module).values()
        if isinstance(value, Property)
    }


def find_episode(name: str) -> Episode:
    """
    An episode by its id.

    Raises:
        UsageError: There is none; the nearest episode or property is named.
    """
    known = episodes()
    if name in known:
        return known[name]
    mend = nearest(name, (*known, *properties()), f"There are {', '.join(known)}.")
    raise UsageError(f"there is no episode '{name}'", mend=mend)


def find_property(name: str) -> Property:
    """
    A property by its id.

    Raises:
        UsageError: There is none; the nearest is named.
    """
    known = properties()
    if name in known:
        return known[name]
    raise UsageError(f"there is no property '{name}'", mend=nearest(name, known))

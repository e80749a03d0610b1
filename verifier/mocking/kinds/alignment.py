"""Which variables of two path templates stand for the same thing, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["aligned", "named_alike"]

VARIABLE = re.compile(r"\{([^{}]+)\}")


def aligned(template: str, path: str) -> dict[str, str] | None:
    """
    Variable of a template to the variable of a path that stands in its place.

    ``/users/{id}.json`` and ``/users/{user_id}/cards`` align: ``id`` is ``user_id``. None where
    the path does not begin as the template does.
    """
    ours, theirs = template.split("/"), path.partition("?")[0].split("/")
    if len(ours) > len(theirs):
        return None
    found: dict[str, str] = {}
    for one, other in zip(ours, theirs, strict=False):
        mine, yours = VARIABLE.findall(one), VARIABLE.findall(other)
        if len(mine) != len(yours) or (not mine and one != other):
            return None
        found |= dict(zip(mine, yours, strict=True))
    return found


def named_alike(keys: tuple[str, ...], variables: tuple[str, ...]) -> Mapping[str, str]:
    """The keys that a path has variables of the same name for."""
    return {key: key for key in keys if key in variables}

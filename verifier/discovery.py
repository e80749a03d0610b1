"""Every check that there is: ours by folder, other people's by entry point."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from verifier import checks as rules
from verifier import walk
from verifier.errors import UsageError, nearest
from verifier.model import Check, Question

__all__ = ["checks", "find_check"]


@cache
def checks() -> dict[str, Check]:
    """Check id to check, in the order of the questions and of the ids within each."""
    found = {
        value.id: value
        for module in walk.modules(rules, group="verifier.checks")
        for value in vars(module).values()
        if isinstance(value, Check)
    }
    order = list(Question)
    return dict(sorted(found.items(), key=lambda kv: (order.index(kv[1].question), kv[0])))


def find_check(name: str, *, others: Iterable[str] = ()) -> Check:
    """
    A check by its id.

    Args:
        others: Names that could have been meant, too.

    Raises:
        UsageError: There is none of that id; the nearest one is named.
    """
    known = checks()
    if name in known:
        return known[name]
    mend = nearest(name, [*known, *others], "'verifier checks' lists them all.")
    what = "nothing is called" if others else "there is no check"
    raise UsageError(f"{what} '{name}'", mend=mend)

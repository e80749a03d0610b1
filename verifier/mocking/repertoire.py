"""Every fault that there is: ours by folder, other people's by entry point."""

from __future__ import annotations

import inspect
from functools import cache

from verifier import walk
from verifier.errors import UsageError, nearest
from verifier.mocking import faults
from verifier.mocking.fault import Fault

__all__ = ["find_fault", "known_faults"]


@cache
def known_faults() -> dict[str, Fault]:
    """Name to fault: the file's name with dashes."""
    found = {}
    for module in walk.modules(faults, group="verifier.faults"):
        name = module.__name__.rpartition(".")[2].replace("_", "-")
        doc = inspect.cleandoc(module.__doc__ or "")
        found[name] = Fault(
            name=name,
            title=doc.partition("\n")[0],
            doc=doc,
            options=getattr(module, "Options", None),
            before=getattr(module, "before", None),
            decided=getattr(module, "decided", None),
            within=getattr(module, "within", None),
            after=getattr(module, "after", None),
        )
    return found


def find_fault(name: str) -> Fault:
    """
    A fault by its name.

    Raises:
        UsageError: There is none of that name; the nearest one is named.
    """
    known = known_faults()
    if name in known:
        return known[name]
    mend = nearest(name, known, "'verifier faults' lists them all.")
    raise UsageError(f"there is no fault '{name}'", mend=mend)

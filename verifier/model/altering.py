"""What an operation would do to things that are there already."""

from __future__ import annotations

import re

from verifier.model.contract import Contract, Operation
from verifier.model.resource import Resource

__all__ = ["alters", "sweeping"]

WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# What is called so removes; and what is called so, of many at once, changes whoever's they are.
REMOVING = frozenset(
    {"clear", "delete", "destroy", "drop", "empty", "erase", "expunge", "prune", "purge"}
    | {"remove", "reset", "truncate", "uninstall", "wipe"}
)
MANY = frozenset({"all", "batch", "bulk", "many", "mass", "multi", "multiple"})
CHANGING = frozenset(
    {"archive", "assign", "cancel", "change", "close", "disable", "edit", "merge", "modify"}
    | {"move", "overwrite", "patch", "pause", "replace", "set", "stop", "suspend", "update"}
)


def sweeping(operation: Operation) -> bool:
    """
    Whether its name says that it removes, or changes many at once, and no item in its address
    says which: ``POST /flows/bulk_delete``, ``POST /chat.delete``.
    """
    if operation.safe or operation.method == "DELETE":
        return False
    *above, last = operation.path.partition("?")[0].strip("/").split("/")
    if any("{" in segment for segment in (*above[-1:], last)):
        return False
    return _sweeps(last) or _sweeps(operation.id)


def alters(contract: Contract, operation: Operation, variable: str, of: Resource) -> bool:
    """
    Whether an operation would change what a variable of its path names.

    It does where it is one of the item's own, and where it writes to an address beneath the item
    without making anything there; what it makes beneath something else leaves that as it was.

    Args:
        of: The resource whose item the variable names.
    """
    owner = contract.resource_of(operation.key)
    if operation.safe or (owner is not None and owner.create == operation.key):
        return False
    last = operation.path.rpartition("{")[2].partition("}")[0]
    writes = operation.method in ("PUT", "PATCH", "DELETE") and variable == last
    return writes or (owner is not None and owner.name == of.name)


def _sweeps(name: str) -> bool:
    said = {word.lower() for word in WORD.findall(name)}
    return bool(said & REMOVING or (said & MANY and said & CHANGING))

"""Who a change is, from one comparison to the next: by rule, places and values, never by prose."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from verifier.diffing.pairs import ContractPair, shape_of_path
from verifier.diffing.shifts import Shift
from verifier.model import Document, Pointer, UnresolvedReference

__all__ = ["fingerprint"]

NUMBERED = re.compile(r"(.*?/parameters)/(\d+)(?=/|$)")
BRANCH = re.compile(r"/(oneOf|anyOf|allOf)/\d+(?=/|$)")


def fingerprint(rule: str, shift: Shift, pairs: ContractPair, *, exact: bool = False) -> str:
    """
    Sixteen hexadecimal digits; numbers of parameters and branches are no part of a place.

    Args:
        exact: For changes that nothing else tells apart: those numbers count as well.
    """
    seed = "\n".join(
        (
            rule,
            shift.side.value,
            _settled(pairs.old.document, shift.old),
            _settled(pairs.new.document, shift.new),
            shift.member,
            shift.words,
            f"{shift.old} {shift.new}" if exact else "",
        )
    )
    return hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()[:16]


def _settled(document: Document, at: Pointer | None) -> str:
    """A place without what moves when something is put before it."""
    if at is None:
        return ""
    path = at.path
    found = NUMBERED.match(path)
    if found is not None:
        path = f"{found[1]}/{_parameter(document, Pointer(at.file, found[0]))}{path[found.end() :]}"
    return f"{at.file}#" + BRANCH.sub(r"/\1", shape_of_path(path))


def _parameter(document: Document, at: Pointer) -> str:
    try:
        node = document.at(at)
    except UnresolvedReference:
        return ""
    if not isinstance(node, Mapping):
        return ""
    return str(node.get("$ref") or f"{node.get('in')} {node.get('name')}")

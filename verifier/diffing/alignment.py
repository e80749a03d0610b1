"""Paths that all moved together: a base path that went into the paths, or a prefix that changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from msgspec import Struct

from verifier.model import Contract, Operation

__all__ = ["TEMPLATE", "Relocation", "base_path", "relocation", "shape_of_path"]

TEMPLATE = re.compile(r"\{[^{}]*\}")
DEEPEST_PREFIX = 3
LEAST_SHARE = 0.5  # of all earlier operations: fewer is not a document that moved as a whole
LEAST_OPERATIONS = 3


class Relocation(Struct, frozen=True):
    """
    How all paths moved.

    Args:
        old: What earlier paths began with and later ones do not; empty for nothing.
        new: What later paths begin with instead.
        silent: Whether the whole addresses stayed the same: only the spelling moved.
    """

    old: str
    new: str
    silent: bool

    def moved(self, path: str) -> str | None:
        """The shape of the later path; None where a path does not take part."""
        shape = shape_of_path(path)
        if not shape.startswith(self.old + "/") and shape != self.old:
            return None
        return self.new + shape[len(self.old) :]


def shape_of_path(path: str) -> str:
    """A path with its parameters' names left out: ``/items/{}``. They never reach the vendor."""
    return TEMPLATE.sub("{}", path)


def base_path(contract: Contract) -> str:
    """The path of the first address that the document names, without a slash at its end."""
    for server in contract.servers[:1]:
        try:
            return shape_of_path(urlsplit(server).path).rstrip("/")
        except ValueError:
            return ""
    return ""


def relocation(
    old: Contract, new: Contract, gone: Iterable[Operation], come: Iterable[Operation]
) -> Relocation | None:
    """
    The one prefix that, exchanged, pairs most of what seemed to be gone.

    Args:
        gone: Earlier operations that have no partner yet.
        come: Later ones.
    """
    votes: Counter[tuple[str, str]] = Counter()
    tails: dict[tuple[str, str], list[str]] = {}
    for operation in come:
        for head, tail in _splits(operation.path):
            tails.setdefault((operation.method, tail), []).append(head)
    for operation in gone:
        for head, tail in _splits(operation.path):
            for other in tails.get((operation.method, tail), ()):
                votes[head, other] += 1
    if not votes:
        return None
    # Of prefixes that pair equally many, the shortest says the least about the paths.
    (head, other), count = min(votes.items(), key=lambda v: (-v[1], len(v[0][0]) + len(v[0][1])))
    if count < max(LEAST_OPERATIONS, LEAST_SHARE * len(old.operations)) or head == other:
        return None
    silent = base_path(old) + head == base_path(new) + other
    return Relocation(head, other, silent)


def _splits(path: str) -> Iterator[tuple[str, str]]:
    """A path's shape cut after none, one, two ... of its first segments, something left over."""
    segments = shape_of_path(path).split("/")[1:]
    for cut in range(min(DEEPEST_PREFIX, len(segments) - 1) + 1):
        head = "".join(f"/{segment}" for segment in segments[:cut])
        yield head, "/" + "/".join(segments[cut:])

"""References that lead nowhere, found in one pass over the text instead of one a node."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from verifier.loading.reader import Report
from verifier.loading.view import word_set
from verifier.model import Document, Pointer, Problem, UnresolvedReference

__all__ = ["leads_on", "report_dangling"]

REFERENCE = re.compile(rb'"\$ref":"([^"\\]*(?:\\.[^"\\]*)*)"')
DATA = frozenset(("example", "examples", "default", "const", "enum", "value", "dataValue"))
NAMED = word_set(
    """
    properties patternProperties $defs definitions schemas responses callbacks parameters headers
    requestBodies securitySchemes links paths webhooks
    """
)
"""Members of these have names of the author's choice: one may be called 'example' or '$ref'."""

MOST = 200


def report_dangling(document: Document, report: Report, known: frozenset[Pointer]) -> None:
    """
    Report every reference, in schemas too, that cannot be followed.

    All references of a file are collected from its text, which takes some milliseconds even for
    a large one; nodes are walked only in a file that has dangling references.

    Args:
        known: Places that have been reported already.
    """
    for file, root, broken in _read_files(document, _Targets(document)):
        if broken:
            for at, reference in _places(root, Pointer(file), broken):
                if at not in known:
                    report(_problem(at, reference, broken[reference]))


def leads_on(document: Document) -> bool:
    """Whether every reference leads to something at once, which is no further reference."""
    targets = _Targets(document, chained=False)
    return not any(broken for _, _, broken in _read_files(document, targets))


def _read_files(
    document: Document, targets: _Targets
) -> Iterator[tuple[str, Any, Mapping[str, str]]]:
    """Name, root, and references that cannot be followed, of each file that references lead to."""
    waiting, seen = [""], {""}
    while waiting:
        file = waiting.pop()
        try:
            root = document.root if not file else document.read(file)
        except UnresolvedReference:
            # Whoever refers to that file is reported.
            continue
        broken = {}
        for reference in _references(root):
            target, says = targets.follow(reference, Pointer(file))
            if says:
                broken[reference] = says
            elif target is not None and target.file not in seen:
                seen.add(target.file)
                waiting.append(target.file)
        yield file, root, broken


def _references(root: Any) -> set[str]:
    try:
        text = orjson.dumps(root)
    except TypeError:
        # Nested deeper, or with larger numbers, than the writer takes.
        return {reference for _, reference in _walk(root, Pointer())}
    found = set(REFERENCE.findall(text))
    return {orjson.loads(b'"' + reference + b'"') for reference in found}


class _Targets:
    """
    Looks up what references lead to, each target once.

    Args:
        chained: Whether it may be a further reference.
    """

    def __init__(self, document: Document, *, chained: bool = True) -> None:
        self._document = document
        self._chained = chained
        self._faults: dict[Pointer, str] = {}
        self._anchors: dict[str, frozenset[str]] = {}

    def follow(self, reference: str, base: Pointer) -> tuple[Pointer | None, str]:
        """The target, or why there is none."""
        try:
            target = self._document.target(reference, base)
            if target not in self._faults:
                self._faults[target] = self._fault(target)
            return target, self._faults[target]
        except (UnresolvedReference, ValueError) as error:
            return None, str(error)

    def _fault(self, target: Pointer) -> str:
        if target.path and not target.path.startswith("/"):
            known = target.path in self._anchors_of(target.file)
            return "" if known else f"there is no anchor '{target.path}'"
        try:
            found = self._document.at(target)
        except UnresolvedReference as error:
            return str(error)
        chain = not self._chained and isinstance(found, Mapping) and "$ref" in found
        return "a further reference stands there" if chain else ""

    def _anchors_of(self, file: str) -> frozenset[str]:
        if file not in self._anchors:
            root = self._document.read(file) if file else self._document.root
            named = (n.get(key) for n in _nodes(root) for key in ("$anchor", "$dynamicAnchor"))
            self._anchors[file] = frozenset(name for name in named if isinstance(name, str))
        return self._anchors[file]


def _nodes(root: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _places(root: Any, base: Pointer, broken: Mapping[str, str]) -> Iterator[tuple[Pointer, str]]:
    """Where the broken references stand, values that are only data left out; bounded."""
    count = 0
    for at, reference in _walk(root, base):
        if reference in broken:
            yield at, reference
            count += 1
        if count >= MOST:
            return


def _walk(root: Any, base: Pointer) -> Iterator[tuple[Pointer, str]]:
    waiting: list[tuple[Any, Pointer, bool]] = [(root, base, False)]
    while waiting:
        node, at, named = waiting.pop()
        if isinstance(node, list):
            waiting.extend((value, at / index, False) for index, value in enumerate(node))
        if not isinstance(node, Mapping):
            continue
        reference = node.get("$ref")
        if isinstance(reference, str) and not named:
            yield at, reference
        waiting.extend(
            (value, at / name, not named and name in NAMED)
            for name, value in node.items()
            if isinstance(value, (Mapping, list)) and (named or not _is_data(name))
        )


def _is_data(name: str) -> bool:
    return name in DATA or (name.startswith("x-") and name != "x-webhooks")


def _problem(at: Pointer, reference: str, says: str) -> Problem:
    return Problem(
        says=f"the reference '{reference}' cannot be followed: {says}",
        at=at,
        mend="Point it at something that exists.",
        operation=_operation(at),
        lost=True,
    )


def _operation(at: Pointer) -> str:
    """The operation around a place; empty in a component, which several may share."""
    parts = at.path.split("/")
    if at.file or len(parts) < 4 or parts[1] != "paths":
        return ""
    path = parts[2].replace("~1", "/").replace("~0", "~")
    return f"{parts[3].upper()} {path}"

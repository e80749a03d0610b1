"""What is written for people, told only where it is asked for: descriptions, examples, links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.diffing.pairs import ContractPair, OperationPair
from verifier.diffing.rule import Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Part, canonical
from verifier.diffing.shifts import Shift, family
from verifier.model import Edit, Movement, Operation, Side

__all__ = ["members", "operations", "whole"]

EQUAL = Movement.EQUAL
WORDS = ("title", "description", "summary", "externalDocs")
SHOWN = ("example", "examples")
DESCRIPTION = Rule(
    name="description",
    edit=Edit.CHANGED,
    moves=EQUAL,
    says="A summary, title or description is worded in another way.",
    audience="docs",
)
EXAMPLE = Rule(
    name="example",
    edit=Edit.CHANGED,
    moves=EQUAL,
    says="Another example is shown.",
    audience="docs",
)
EXTENSION = Rule(
    name="extension",
    edit=Edit.CHANGED,
    moves=EQUAL,
    says="An extension says something else.",
    audience="docs",
)
LINK = Rule(
    name="link",
    edit=Edit.CHANGED,
    moves=EQUAL,
    says="A link from an answer to another operation is another.",
    audience="docs",
)


@family("contract", area="documentation", audience="docs")
def whole(pair: ContractPair) -> Iterator[Shift]:
    """The description of the API as a whole."""
    old, new = pair.old.document.root.get("info"), pair.new.document.root.get("info")
    before, after = _words(old), _words(new)
    if before != after:
        says = "The API as a whole is described in another way."
        yield Shift(rule=DESCRIPTION, says=says, side=Side.NONE)


@family("operation", area="documentation", audience="docs")
def operations(pair: OperationPair) -> Iterator[Shift]:
    """Operations, their parameters and their answers."""
    old, new = pair.old, pair.new
    if (old.summary, old.description) != (new.summary, new.description):
        says = f"{new.key} is described in another way."
        yield pair.shift(DESCRIPTION, says, old=old.at, new=new.at)
    for name in sorted({*old.extensions, *new.extensions}):
        if canonical(old.extensions.get(name)) != canonical(new.extensions.get(name)):
            says = f"{new.key} has another '{name[:60]}'."
            yield pair.shift(EXTENSION, says, old=old.at, new=new.at, words=name)
    for what, before, after in _texts(old, new):
        if before != after:
            says = f"{what} of {new.key} is described in another way."
            yield pair.shift(DESCRIPTION, says, old=old.at, new=new.at, words=what)
    for spec in new.responses:
        known = next((s for s in old.responses if s.status == spec.status), None)
        if known is not None and canonical(known.links) != canonical(spec.links):
            says = f"The links of the answer {spec.status} of {new.key} are others."
            yield pair.shift(LINK, says, old=known.at, new=spec.at, words=spec.status)


def _texts(old: Operation, new: Operation) -> Iterator[tuple[str, str, str]]:
    """What is described, before and after, for everything that both have."""
    parameters = {(p.location, p.name): p.description for p in old.parameters}
    for parameter in new.parameters:
        key = (parameter.location, parameter.name)
        if key in parameters:
            name = f"The {parameter.location} parameter '{parameter.name[:60]}'"
            yield name, parameters[key], parameter.description
    answers = {spec.status: spec.description for spec in old.responses}
    for spec in new.responses:
        if spec.status in answers:
            yield f"The answer {spec.status}", answers[spec.status], spec.description


@family("schema", area="documentation", audience="docs")
def members(pair: SchemaPair) -> Iterator[Shift]:
    """Schemas and their members."""
    label = pair.label.start
    if _said(pair.old_parts, WORDS) != _said(pair.new_parts, WORDS):
        yield pair.shift(DESCRIPTION, f"{label} is described in another way.")
    if _said(pair.old_parts, SHOWN) != _said(pair.new_parts, SHOWN):
        yield pair.shift(EXAMPLE, f"{label} is shown by another example.")
    for name in sorted({*pair.old.marks, *pair.new.marks}):
        if canonical(pair.old.marks.get(name)) != canonical(pair.new.marks.get(name)):
            yield pair.shift(EXTENSION, f"{label} has another '{name[:60]}'.", words=name)


def _said(parts: tuple[Part, ...], names: tuple[str, ...]) -> list[bytes]:
    return sorted(
        canonical(part.node[name])
        for part in parts
        if isinstance(part.node, Mapping)
        for name in names
        if name in part.node
    )


def _words(info: Any) -> list[bytes]:
    if not isinstance(info, Mapping):
        return []
    return [canonical(info.get(name)) for name in (*WORDS, "termsOfService", "contact", "license")]

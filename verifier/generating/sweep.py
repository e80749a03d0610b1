"""The deterministic sweep: examples, edges one factor at a time, and one mistake at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from verifier.generating.drawing import Drawing
from verifier.generating.parts import (
    LOCATIONS,
    breaks_on_the_wire,
    is_valid,
    values_in,
    with_parameter,
    with_values,
)
from verifier.model import Case, Draft, Need, Parameter, Validity
from verifier.sampling import Unsatisfiable, sampler
from verifier.validating import Direction

__all__ = ["sweep"]

TORN = b'{"torn": '
WRONG_MEDIA = "application/x-verifier"
Labelled = tuple[str, str, Draft]


def sweep(drawing: Drawing) -> Iterator[Case]:
    """
    Every case of the sweep, the most telling first; valid and broken ones take turns.

    Raises:
        Unsatisfiable: Not even a plain case could be made.
    """
    draft, needs = drawing.plain()
    valid = _distinct(_valid(drawing, draft, needs))
    broken = _distinct(_broken(drawing, draft, needs))
    yield from _interleaved(valid, _by_kind(list(broken)))


def _distinct(cases: Iterable[Case]) -> Iterator[Case]:
    seen: set[str] = set()
    for case in cases:
        key = repr(case.draft)
        if key not in seen:
            seen.add(key)
            yield case


def _interleaved(valid: Iterable[Case], broken: Iterable[Case]) -> Iterator[Case]:
    """A valid one, then a broken one, until both are spent."""
    sources = [iter(valid), iter(broken)]
    while sources:
        for source in list(sources):
            case = next(source, None)
            if case is None:
                sources.remove(source)
            else:
                yield case


def _by_kind(cases: list[Case]) -> Iterator[Case]:
    """One of each kind of mistake before a second of any."""
    turns: dict[str, int] = {}
    ranked = []
    for index, case in enumerate(cases):
        kind = case.aspect.partition(":")[0]
        turns[kind] = turns.get(kind, 0) + 1
        ranked.append((turns[kind], index, case))
    yield from (case for _, _, case in sorted(ranked, key=lambda entry: entry[:2]))


def _valid(drawing: Drawing, plain: Draft, needs: tuple[Need, ...]) -> Iterator[Case]:
    operation = drawing.operation
    for aspect, says, draft, open_ in _valid_drafts(drawing, plain, needs):
        if is_valid(operation, draft):
            phase = "example" if aspect.startswith("example") else "sweep"
            yield Case(
                operation=operation.key,
                draft=draft,
                says=says,
                aspect=aspect,
                needs=open_,
                phase=phase,
            )


def _valid_drafts(
    drawing: Drawing, plain: Draft, needs: tuple[Need, ...]
) -> Iterator[tuple[str, str, Draft, tuple[Need, ...]]]:
    yield "plain", "a plain request", plain, needs
    in_path = tuple(need for need in needs if need.location == "path")
    for example in drawing.media.examples if drawing.media else ():
        draft, more = drawing.bodied(plain, example.value)
        says = f"the document's example '{example.name}'"
        yield f"example:{example.name}", says, draft, (*in_path, *more)
    if plain.has_body:
        try:
            draft, more = drawing.bodied(plain, drawing.body(full=False))
            yield "minimal", "only what is required", draft, (*in_path, *more)
        except Unsatisfiable:
            pass
    for parameter in drawing.operation.parameters:
        yield from _parameter_edges(drawing, plain, needs, parameter)
    yield from _body_edges(drawing, plain, needs)


def _parameter_edges(
    drawing: Drawing, plain: Draft, needs: tuple[Need, ...], parameter: Parameter
) -> Iterator[tuple[str, str, Draft, tuple[Need, ...]]]:
    if parameter.schema is None or any(need.name == parameter.name for need in needs):
        return
    where = f"{parameter.location}/{parameter.name}"
    if parameter.location != "path" and not parameter.required:
        try:
            value = drawing.value(parameter)
        except Unsatisfiable:
            return
        says = f"{parameter.location} {parameter.name} is given"
        yield f"given:{where}", says, with_parameter(plain, parameter, value), needs
    made = sampler(parameter.schema, Direction.REQUEST)
    try:
        base = made.typical(drawing.random(parameter.name, "edges"), parameter.name)
    except Unsatisfiable:
        return
    for _, says, value in made.boundaries(base):
        if not _survives(parameter, value):
            continue
        draft = with_parameter(plain, parameter, value)
        words = f"{parameter.location} {parameter.name}: {says.partition(': ')[2]}"
        yield f"edge:{where}:{says.partition(': ')[2]}", words, draft, needs


def _survives(parameter: Parameter, value: Any) -> bool:
    """Whether a value reaches the other end: fields hold ASCII without spaces around it."""
    if not isinstance(value, str):
        return True
    if parameter.location in ("header", "cookie"):
        return bool(value) and value.isascii() and value == value.strip()
    return value != "" or parameter.location != "path"


def _body_edges(
    drawing: Drawing, plain: Draft, needs: tuple[Need, ...]
) -> Iterator[tuple[str, str, Draft, tuple[Need, ...]]]:
    if not plain.has_body or drawing.media is None or drawing.media.schema is None:
        return
    ours = {need.name for need in needs if need.location == "body"}
    made = sampler(drawing.media.schema, Direction.REQUEST)
    for pointer, says, value in made.boundaries(plain.body):
        if pointer not in ours:
            draft = replace(plain, body=value)
            kept = tuple(n for n in needs if n.location != "body" or _holds(value, n.name))
            yield f"edge:body{pointer}:{says.partition(': ')[2]}", f"body {says}", draft, kept


def _broken(drawing: Drawing, plain: Draft, needs: tuple[Need, ...]) -> Iterator[Case]:
    operation = drawing.operation
    for aspect, says, draft in _broken_drafts(drawing, plain):
        _, _, where = aspect.partition(":")
        kept = tuple(need for need in needs if not _touches(where, need, draft))
        if breaks_on_the_wire(operation, draft):
            yield Case(
                operation=operation.key,
                draft=draft,
                validity=Validity.BROKEN,
                says=says,
                aspect=aspect,
                needs=kept,
            )


def _broken_drafts(drawing: Drawing, plain: Draft) -> Iterator[Labelled]:
    if plain.has_body and "json" in plain.media_type:
        yield "malformed-json:body", "a body that is not JSON", replace(plain, raw_body=TORN)
    if plain.has_body and drawing.operation.body is not None and drawing.operation.body.required:
        yield "missing-required:body", "no body", replace(plain, body=None, has_body=False)
    if plain.has_body:
        wrong = replace(plain, media_type=WRONG_MEDIA, raw_body=b"verifier")
        yield "wrong-media-type:body", f"a body of the type {WRONG_MEDIA}", wrong
    for parameter in drawing.operation.parameters:
        yield from _wrong_parameter(drawing, plain, parameter)
    if plain.has_body and drawing.media is not None and drawing.media.schema is not None:
        made = sampler(drawing.media.schema, Direction.REQUEST)
        for aspect, pointer, says, value in made.violations(plain.body):
            yield f"{aspect}:body{pointer}", f"body {says}", replace(plain, body=value)


def _wrong_parameter(drawing: Drawing, plain: Draft, parameter: Parameter) -> Iterator[Labelled]:
    where = f"{parameter.location}/{parameter.name}"
    if parameter.required and parameter.location in LOCATIONS:
        held = values_in(plain, parameter.location)
        less = {name: value for name, value in held.items() if name != parameter.name}
        says = f"{parameter.location} {parameter.name} is left out"
        yield f"missing-required:{where}", says, with_values(plain, parameter.location, less)
    if parameter.schema is None or parameter.location == "path":
        return
    made = sampler(parameter.schema, Direction.REQUEST)
    try:
        base = made.typical(drawing.random(parameter.name, "breaks"), parameter.name)
    except Unsatisfiable:
        return
    for aspect, _, says, value in made.violations(base):
        if isinstance(value, (str, int, float, bool)):
            words = f"{parameter.location} {parameter.name}: {says.partition(': ')[2]}"
            yield f"{aspect}:{where}", words, with_parameter(plain, parameter, value)


def _touches(where: str, need: Need, draft: Draft) -> bool:
    """Whether filling a need would mend what was broken on purpose, or has no place to go."""
    if need.location != "body":
        return False
    at = f"body{need.name}"
    broken_above = where == "body" or at.startswith(where.rstrip("/") + "/") or at == where
    return broken_above or draft.raw_body is not None or not _holds(draft.body, need.name)


def _holds(body: Any, pointer: str) -> bool:
    for token in pointer.split("/")[1:]:
        if not isinstance(body, dict) or token not in body:
            return False
        body = body[token]
    return True

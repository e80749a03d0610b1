"""What is changed about a plain request, one thing at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from verifier.generating.drawing import Drawing, Unmakable
from verifier.generating.parts import location_of, writes_json
from verifier.model import Parameter
from verifier.sampling import GONE, Change, sampler
from verifier.validating import Direction

__all__ = ["Trial", "trials"]

# Fields that make a valid request answer with something else than success (RFC 9110, 13 and 14).
CONDITIONS = ("if-", "range", "prefer", "x-http-method")
# What may be changed in a path without addressing something that does not exist.
PATH_EDGES = frozenset(("choice", "least", "most", "moment"))
PATH_BREAKS = frozenset(("wrong-type", "bad-format", "bad-enum", "bad-pattern", "out-of-range"))
NULLS = ("null-not-allowed", "null")


class Trial(Struct, frozen=True):
    """
    One change of one part.

    Args:
        parameter: None for the body.
        base: The valid value that the change starts from.
    """

    parameter: Parameter | None
    change: Change
    base: Any

    @property
    def kind(self) -> str:
        """The change's kind."""
        return self.change.kind

    @property
    def where(self) -> str:
        """Place without indices: ``body/lines/*/price``, ``query/limit``."""
        tokens = self.change.pointer.split("/")
        pointer = "/".join("*" if token.isdigit() else token for token in tokens)
        if self.parameter is None:
            return f"body{pointer}"
        return f"{location_of(self.parameter)}/{self.parameter.name}{pointer}"

    @property
    def words(self) -> str:
        """Place and speciality in words."""
        pointer, says = self.change.pointer, self.change.says
        if self.parameter is None:
            return f"body {pointer}: {says}" if pointer else f"body: {says}"
        name = f"{location_of(self.parameter)} {self.parameter.name}"
        return f"{name} {pointer}: {says}" if pointer else f"{name}: {says}"


def trials(drawing: Drawing, body: Any, *, broken: bool) -> Iterator[Trial]:
    """
    The changes to a plain request, unchecked, one place after the other.

    Args:
        body: The plain one.
    """
    made = drawing.body_sampler
    if made is not None:
        changes = made.breaks(body) if broken else made.edges(body)
        # A form has no null, it would be text.
        unknown = () if writes_json(drawing.media) else NULLS
        yield from (Trial(None, change, body) for change in changes if change.kind not in unknown)
    for parameter in drawing.parameters:
        yield from _of_parameter(drawing, parameter, broken=broken)


def _of_parameter(drawing: Drawing, parameter: Parameter, *, broken: bool) -> Iterator[Trial]:
    optional = not parameter.required and parameter.location != "path"
    if optional and (_is_conditional(parameter) or not _is_known(drawing, parameter, broken)):
        return
    try:
        value = drawing.value(parameter)
    except Unmakable:
        return
    if optional and not broken:
        yield Trial(parameter, Change("given", "", "given", value), value)
    if broken and not optional and parameter.location != "path":
        yield Trial(parameter, Change("missing-required", "", "left out", GONE), value)
    if parameter.schema is None or not _is_free(drawing, parameter, broken=broken):
        return
    made = sampler(parameter.schema, Direction.REQUEST)
    for change in made.breaks(value) if broken else made.edges(value):
        if _fits(parameter, change, broken=broken):
            yield Trial(parameter, change, value)


def _is_conditional(parameter: Parameter) -> bool:
    return parameter.location == "header" and parameter.name.lower().startswith(CONDITIONS)


def _is_known(drawing: Drawing, parameter: Parameter, broken: bool) -> bool:
    """Whether there can be a valid value, made up or an existing id; a wrong one always can."""
    return broken or drawing.knows(parameter) or drawing.need_of(parameter) is not None


def _is_free(drawing: Drawing, parameter: Parameter, *, broken: bool) -> bool:
    """Whether a value may be put there that names nothing: only what reads may be sent astray."""
    if broken:
        return drawing.need_of(parameter) is None or drawing.operation.safe
    return drawing.need_of(parameter) is None and drawing.knows(parameter)


def _fits(parameter: Parameter, change: Change, *, broken: bool) -> bool:
    """Whether a change means on the wire what its kind says: there is no null, and all is text."""
    if change.kind == "extra-property" or change.kind in NULLS:
        return False
    if change.kind == "wrong-type" and not isinstance(change.value, (str, float)):
        return False
    if parameter.location != "path":
        return True
    return change.kind in (PATH_BREAKS if broken else PATH_EDGES)

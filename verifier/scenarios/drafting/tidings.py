"""Which recorded answer told a value that a later call used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier.model import escape
from verifier.scenarios.drafting.archive import Entry
from verifier.scenarios.drafting.plots import Act, Plot, kebab

__all__ = ["Tidings", "Told", "leaves"]

MOST_LEAVES = 2000
DEEPEST = 12
SHORTEST = 4
SMALLEST = 10
LONG = 10
# Names of members that hold something to refer to.
REFERS = re.compile(
    r"(^|_|-|(?<=[a-z]))(id|ids|uuid|guid|gid|sid|key|token|ref|cursor|etag|href|handle|slug)s?$",
    re.IGNORECASE,
)


class Told(Struct, frozen=True, kw_only=True):
    """
    A value in an answer.

    Args:
        listed: Whether it is one among others: elsewhere another stands in its place.
        telling: Whether its name says that it refers to something.
    """

    step: str
    expression: str
    name: str
    listed: bool
    telling: bool


class Tidings:
    """Remembers who told each value first, and what we said ourselves."""

    def __init__(self) -> None:
        self.sent: set[str] = set()
        self._told: dict[str, Told] = {}

    def hear(self, step: str, entry: Entry, sent: set[str]) -> None:
        """Take note of an answer; what we sent ourselves is no news."""
        self.sent |= sent
        for name, value in entry.answer_headers:
            if name == "etag":
                self._note(value, step, "$response.header.ETag", "etag", listed=False)
        for pointer, value in islice(leaves(entry.answer), MOST_LEAVES):
            parts = pointer.split("/")[1:]
            name = next((part for part in reversed(parts) if not part.isdigit()), "value")
            listed = any(part.isdigit() for part in parts)
            expression = f"$response.body#{pointer}"
            self._note(value, step, expression, name, listed=listed)

    def teller(self, text: str, *, sure: bool) -> Told | None:
        """
        Who told a value first.

        Args:
            sure: Whether a reference is what is asked for; otherwise the value must look like one.
        """
        told = self._told.get(text)
        looks = told is not None and (told.telling or _is_odd(text))
        return told if sure or looks else None

    def expression(self, told: Told, plot: Plot) -> str:
        """The expression that hands a value on; the step that told it gets an output for it."""
        index = next(i for i, act in enumerate(plot.acts) if act.id == told.step)
        act = plot.acts[index]
        name = _output(act, told)
        if name not in act.outputs:
            outputs = {**act.outputs, name: told.expression}
            plot.acts[index] = replace(act, outputs=outputs)
        return f"$steps.{act.id}.outputs.{name}"

    def _note(self, value: Any, step: str, expression: str, name: str, *, listed: bool) -> None:
        text = str(value)
        telling = bool(REFERS.search(name))
        if text in self.sent or not _is_worth_it(value, telling=telling):
            return
        known = self._told.get(text)
        if known is None or (known.listed and not listed):
            self._told[text] = Told(
                step=step,
                expression=expression,
                name=name,
                listed=listed,
                telling=telling,
            )


def leaves(value: Any, pointer: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Pointers and values of what holds nothing else."""
    if depth > DEEPEST:
        return
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from leaves(inner, f"{pointer}/{escape(str(name))}", depth + 1)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{pointer}/{index}", depth + 1)
    elif value is not None:
        yield pointer, value


def _is_worth_it(value: Any, *, telling: bool) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return False
    if telling:
        return value != ""
    return len(value) >= SHORTEST if isinstance(value, str) else value >= SMALLEST


def _is_odd(text: str) -> bool:
    """Whether a text is nothing that two people would write by themselves."""
    return len(text) >= LONG and any(c.isdigit() for c in text) and " " not in text


def _output(act: Act, told: Told) -> str:
    """A name for an output, another than those of other values."""
    wanted = kebab(told.name) or "value"
    names = [wanted, *(f"{wanted}-{number}" for number in range(2, len(act.outputs) + 3))]
    return next(n for n in names if act.outputs.get(n, told.expression) == told.expression)

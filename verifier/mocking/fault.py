"""Faults: what they are called, what they can be told, and when they take hold."""

from __future__ import annotations

import dataclasses
import inspect
import random
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Literal, get_args, get_origin, get_type_hints

from msgspec import Struct

from verifier.errors import UsageError, nearest
from verifier.mocking.clock import MovableClock
from verifier.mocking.refusal import Refusal
from verifier.mocking.state import State
from verifier.mocking.turn import Turn
from verifier.mocking.vendor import MockVendor
from verifier.wire import Answer

__all__ = ["Fault", "Option", "Play", "bounded"]

ARGUMENT = re.compile(r"^ {4}([\w, ]+): (.*(?:\n {8}.*)*)", re.MULTILINE)


class Play(Struct, frozen=True, kw_only=True):
    """
    A fault that is played to a request.

    Args:
        options: An instance of the fault's ``Options``; None where it has none.
        nth: How often its script has taken hold, this time included.
        rng: Seeded: the same script is played alike in every run.
        vendor: To whose requests it is played.
    """

    options: Any
    turn: Turn
    nth: int
    rng: random.Random
    clock: MovableClock
    vendor: MockVendor

    @property
    def state(self) -> State:
        """What the vendor keeps."""
        return self.vendor.state

    def say(self, refusal: Refusal) -> Answer:
        """A refusal in the document's words."""
        return self.vendor.say(self.turn, refusal)


class Option(Struct, frozen=True, kw_only=True):
    """Something that a fault can be told; ``choices`` are empty where there are too many."""

    name: str
    default: Any
    choices: tuple[str, ...]
    says: str


class Fault(Struct, frozen=True, kw_only=True):
    """
    One way in which a vendor, or what stands before it, fails for a while: one file of ``faults``.

    Its module has an ``Options`` dataclass where there is anything to be told, and one or more of

    - ``before(play) -> Answer | Refusal | None``: answers in the vendor's place, so that nothing is
      committed; None lets the vendor answer,
    - ``decided(play) -> None``: may change what the vendor decided, before it is put into words,
    - ``within(play)``: a context manager in which the vendor answers,
    - ``after(play, answer) -> Answer``: changes what the vendor answers; it was committed.
    """

    name: str
    title: str
    doc: str
    options: type | None
    before: Callable[[Play], Answer | Refusal | None] | None
    decided: Callable[[Play], None] | None
    within: Callable[[Play], AbstractContextManager[None]] | None
    after: Callable[[Play, Answer], Answer] | None

    @property
    def described(self) -> tuple[Option, ...]:
        """Its options, with what their docstring says of them."""
        if self.options is None:
            return ()
        hints = get_type_hints(self.options)
        texts = dict(ARGUMENT.findall(inspect.cleandoc(self.options.__doc__ or "")))
        return tuple(
            Option(
                name=field.name,
                default=field.default,
                choices=get_args(hints[field.name]),
                says=" ".join(texts.get(field.name, "").split()),
            )
            for field in dataclasses.fields(self.options)
        )

    def told(self, given: Mapping[str, Any]) -> Any:
        """
        Its options with the given values.

        Raises:
            UsageError: There is no such option, or not with this value.
        """
        if self.options is None:
            if given:
                raise UsageError(
                    f"the fault '{self.name}' has no option '{next(iter(given))}'",
                    mend="It has no options at all.",
                )
            return None
        hints = get_type_hints(self.options)
        known = {field.name: field for field in dataclasses.fields(self.options)}
        values = {}
        for name, value in given.items():
            if name not in known:
                raise UsageError(
                    f"the fault '{self.name}' has no option '{name}'",
                    mend=nearest(name, known, f"It has {', '.join(known)}."),
                )
            values[name] = self._value(name, value, hints[name], known[name].metadata)
        return self.options(**values)

    def _value(self, name: str, value: Any, kind: Any, bounds: Mapping[str, Any]) -> Any:
        if get_origin(kind) is Literal:
            choices = get_args(kind)
            if value not in choices:
                raise self._wrong(name, value, f"one of {', '.join(map(str, choices))}")
            return value
        try:
            told = _BOOLEANS[str(value).lower()] if kind is bool else kind(value)
        except (TypeError, ValueError, KeyError, OverflowError):
            raise self._wrong(name, value, _WORDS[kind]) from None
        if kind in (int, float):
            least, most = bounds.get("least", 0), bounds.get("most")
            if not least <= told or (most is not None and told > most):
                upto = f" to {most:g}" if most is not None else ""
                raise self._wrong(name, value, f"a number from {least:g}{upto}")
        return told

    def _wrong(self, name: str, value: Any, wanted: str) -> UsageError:
        return UsageError(
            f"the option '{name}' of the fault '{self.name}' cannot be {value!r}",
            mend=f"Give {wanted}.",
        )


_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_WORDS = {int: "a whole number", float: "a number", str: "text", bool: "true or false"}


def bounded(default: float, *, least: float = 0, most: float | None = None) -> Any:
    """An option that is a number between bounds."""
    return dataclasses.field(default=default, metadata={"least": least, "most": most})

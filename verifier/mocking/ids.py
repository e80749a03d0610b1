"""Ids that were not given out before, in the form that the document shows."""

from __future__ import annotations

import hashlib
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from verifier.encoding.shape import Shape
from verifier.mocking.kinds.kind import Kind
from verifier.mocking.kinds.schemas import members_of, node_of, types
from verifier.model import Schema
from verifier.sampling import Unsatisfiable, sampler
from verifier.validating import Direction, Validator, validator

__all__ = ["Ids"]

HEXADECIMAL = frozenset("0123456789abcdef")
CODED = re.compile(r"[A-Z](?=[A-Z]*\d)[A-Z0-9]{5,}")
FIRST_NUMBER = 1000
TIMES = frozenset(("ts", "timestamp"))
LARGEST_NUMBER = 2**53
Forms = dict[str, str]


class _Form(Struct, frozen=True):
    """
    What an id of one kind must look like, worked out once.

    Args:
        schema: Of the member that tells it, else of a path variable; None where nothing says.
        numeric: Whether it is a number.
        format: That it is of; empty where none is named.
        examples: That are shown of it.
        judge: Of that schema.
        ways: What the paths say of it, and how a text of theirs is read.
    """

    schema: Schema | None
    judge: Validator | None
    ways: tuple[tuple[Validator, Shape], ...]
    numeric: bool
    format: str
    examples: tuple[str, ...]

    def addresses(self, candidate: Any) -> bool:
        """Whether it may stand in the path of its thing."""
        text = str(candidate)
        return all(way.accepts(shape.cast(text)) for way, shape in self.ways)

    def fits(self, candidate: Any) -> bool:
        """The same, and it may be told."""
        judge = self.judge
        return judge is not None and judge.accepts(candidate) and self.addresses(candidate)


class Ids:
    """
    Gives ids out.

    Args:
        prefixes: Kind's name to what its ids begin with, where the document does not show it.
        seed: Same seed and same order, same ids.
        now: The clock, where ids are the times at which things were made.
    """

    def __init__(
        self, prefixes: Mapping[str, str], seed: int, now: Callable[[], float] = time.time
    ) -> None:
        self._prefixes = prefixes
        self._now = now
        self._seed = seed
        self._given = 0
        self._alike: dict[str, Any] = {}
        self._forms: dict[str, _Form] = {}

    def new(self, kind: Kind) -> Any:
        """An id for a new thing; a text, or a number where the document says so."""
        self._given += 1
        form = self._form(kind)
        digest = self._digest(kind.name)
        if form.schema is None:
            return self._prefix(kind) + digest[:24]
        for candidate in self._candidates(kind, form, digest):
            if form.fits(candidate):
                return candidate
        for own in kind.own_schemas:
            # Ids that are chosen from a list, or of a form that only the paths show.
            chosen = self._sampled(own)
            if form.fits(chosen):
                return chosen
        return self._sampled(form.schema)

    def like(self, kind: Kind) -> Any:
        """An id as things of a kind have it, which nothing is given; the same every time."""
        known = self._alike.get(kind.name)
        if known is None:
            given, self._given = self._given, 0
            known = self._alike[kind.name] = self.new(kind)
            self._given = given
        return known

    def addresses(self, kind: Kind, candidate: Any) -> bool:
        """Whether an id may stand in the path of its thing."""
        return self._form(kind).addresses(candidate)

    def _form(self, kind: Kind) -> _Form:
        known = self._forms.get(kind.name)
        if known is None:
            known = self._forms[kind.name] = _form_of(kind)
        return known

    def _digest(self, name: str) -> str:
        return hashlib.sha256(f"{self._seed}:{name}:{self._given}".encode()).hexdigest()

    def _prefix(self, kind: Kind) -> str:
        return self._prefixes.get(kind.name, "")

    def _candidates(self, kind: Kind, form: _Form, digest: str) -> Iterator[Any]:
        if form.numeric:
            yield FIRST_NUMBER + self._given
            yield self._given
            return
        if kind.own in TIMES:
            # It never ends in 0: whoever reads it as a number says it the same.
            yield f"{int(self._now())}.{self._given % 100_000:05d}1"
        if form.format == "uuid":
            yield _uuid(digest)
        prefix = self._prefix(kind)
        if prefix:
            yield prefix + digest[:24]
        for example in form.examples:
            yield reshaped(example, digest)
        for size in (24, 16, 32, 8):
            yield digest[:size]
        yield _uuid(digest)
        yield str(FIRST_NUMBER + self._given)

    def _sampled(self, schema: Schema) -> Any:
        rng = random.Random(f"{self._seed}:{self._given}")  # noqa: S311  (a mock's data)
        try:
            value = sampler(schema, Direction.RESPONSE).typical(rng)
        except Unsatisfiable:
            return str(FIRST_NUMBER + self._given)
        judge = validator(schema, Direction.RESPONSE)
        if isinstance(value, str):
            other = reshaped(value, self._digest(value))
            return other if judge.accepts(other) else value
        return value


def _form_of(kind: Kind) -> _Form:
    schema = kind.item if kind.id_path else None
    for name in kind.id_path:
        schema = members_of(schema).get(name)
    schema = schema or next(iter(kind.own_schemas), None)
    named, node = types(schema), node_of(schema)
    shown = kind.id_in(kind.shown or {})
    return _Form(
        numeric=bool(named) and "string" not in named and bool(named & {"integer", "number"}),
        format=str(node.get("format", "")),
        examples=(*((str(shown),) if shown else ()), *_examples(node)),
        schema=schema,
        judge=None if schema is None else validator(schema, Direction.RESPONSE),
        ways=tuple((validator(s, Direction.REQUEST), Shape.of(s)) for s in kind.own_schemas),
    )


def reshaped(example: str, digest: str) -> str:
    """
    A text of an example's form: letters for letters of its case, digits for digits.

    What stands before the last ``_``, two capitals before a run of hexadecimal, and one before
    capitals and digits, name the kind and stay.
    """
    head, joint, tail = example.rpartition("_")
    if not joint and len(tail) == 34 and tail[:2].isupper():
        head, tail = tail[:2], tail[2:]
    elif CODED.fullmatch(example):
        head, tail = tail[:1], tail[1:]
    hexadecimal = len(tail) >= 8 and set(tail.lower().replace("-", "")) <= HEXADECIMAL
    made = []
    for index, letter in enumerate(tail):
        number = int(digest[(index * 2) % 64 : (index * 2) % 64 + 2] or "0", 16)
        made.append(_like(letter, number, hexadecimal=hexadecimal))
    text = "".join(made)
    return f"{head}{joint}{text.upper() if tail.isupper() else text}"


def _like(letter: str, number: int, *, hexadecimal: bool) -> str:
    if hexadecimal and letter.isalnum():
        new = "0123456789abcdef"[number % 16]
        return new.upper() if letter.isupper() else new
    if letter.isdigit():
        return str(number % 10)
    if letter.isascii() and letter.isalpha():
        new = chr(ord("a") + number % 26)
        return new.upper() if letter.isupper() else new
    return letter


def _examples(node: Mapping[str, Any]) -> Iterator[str]:
    shown = node.get("examples")
    for example in (node.get("example"), *(shown if isinstance(shown, list) else ())):
        if isinstance(example, str) and len(example) >= 4:
            yield example


def _uuid(digest: str) -> str:
    return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"

"""What the members of an error say, told by their names."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier.mocking.codes import CODES, Topic, best, fitting_form
from verifier.mocking.english import word_set, words
from verifier.mocking.kinds.schemas import (
    choices,
    declared,
    items_of,
    members_of,
    node_of,
    required,
    types,
)
from verifier.mocking.refusal import Refusal
from verifier.model import Operation, Schema
from verifier.validating import Direction, Violation, validator
from verifier.wire.rendering import reason

__all__ = ["SAYS", "Wording"]

DEEPEST = 4
FIRST_NUMBER = 10_000
MOST_NUMBERS = 90_000
SAYS = word_set(
    """
    message detail description errordescription says msg reason errormessage info developermessage
    usermessage text summary explanation faultstring
    """
)
WELL = word_set("ok success succeeded successful")
STATUSES = word_set("status statuscode httpstatus httpstatuscode httpcode errornumber")
# What stands around them; any other object in an error is about something else: a payment.
AROUND = word_set(
    """
    error errors detail details fault faults problem problems violation violations issue issues
    message messages cause causes reason reasons failure failures invalid element elements context
    meta data body exception status response result
    """
)
FIELDS = word_set("field param parameter path pointer property source location loc target")


class Wording(Struct, frozen=True, kw_only=True):
    """
    A refusal to be put into an error.

    Args:
        status: The one that it is given, which need not be its own.
        violation: The one thing that is told of; None for the refusal as a whole.
        depth: How many objects stand around what is written.
    """

    refusal: Refusal
    status: int
    operation: Operation | None
    violation: Violation | None = None
    depth: int = 0

    def of(self, violation: Violation | None) -> Wording:
        """The same about one thing that is wrong."""
        return replace(self, violation=violation)

    @property
    def topic(self) -> Topic:
        """What it is about."""
        first = next(iter(self.refusal.violations), None)
        return Topic.of(self.refusal, self.violation or first, self.operation)

    def says(self, schema: Schema) -> dict[str, Any]:
        """What an error's members say, those of inner objects and lists included."""
        schema = fitting_form(self.topic, schema) or schema
        said: dict[str, Any] = {}
        must, known, every = required(schema), members_of(schema), declared(schema)
        for name, member in known.items():
            near = name in must or AROUND & set(words(name))
            here = self if near else replace(self, depth=DEEPEST)
            told = [*every.get(name, ())[:-1], member]
            listed = choices(member)
            values = here._values(name, told, titled="title" in known)
            for value in listed if len(listed) == 1 else values:
                if _may_say(told, value):
                    said[name] = value
                    break
        return said

    def _values(self, name: str, told: Sequence[Schema], *, titled: bool) -> Iterator[Any]:
        """What a member may say, the best first."""
        plain, member = "".join(words(name)), told[-1]
        if plain in CODES or plain == "type":
            yield from self._listed(choices(member))
        if plain in CODES:
            yield from self._codes()
        if plain in STATUSES or plain == "code":
            yield from (self.status, str(self.status))
        if plain in SAYS:
            yield self._says()
        if plain in WELL:
            yield False
        if plain == "title":
            yield reason(self.status) or "Error"
        if plain == "type":
            # Of problem details it is an address (RFC 9457, 3.1.1), of anything else a code.
            yield from ("about:blank",) if titled else ()
            yield self.refusal.code
        yield from self._places(plain, member)
        if self.depth < DEEPEST:
            yield from self._nested(told)
        if plain in ("error", "errors"):
            is_map = "object" in types(member)
            yield from self._by_field() if is_map else (self._says(), [self._says()])

    def _says(self) -> str:
        return self.violation.says if self.violation is not None else self.refusal.says

    def _listed(self, listed: Sequence[Any]) -> Iterator[Any]:
        """Of the codes that the document lists the one that fits."""
        if self.refusal.code in listed:
            yield self.refusal.code
        code = best(self.topic, listed)
        yield from (code,) if code is not None else ()

    def _codes(self) -> Iterator[Any]:
        code = self.violation.keyword if self.violation is not None else self.refusal.code
        yield from (code, _number(code))
        # Where the codes are listed, the status itself is often among them.
        usual = (reason(self.status) or "error").lower().replace(" ", "_")
        yield from (usual, usual.upper())

    def _places(self, plain: str, member: Schema) -> Iterator[Any]:
        """Where it is wrong."""
        one = self.violation or next(iter(self.refusal.violations), None)
        if one is None:
            return
        if plain == "in" or (plain == "location" and one.part in choices(member)):
            yield one.part
        if plain in FIELDS:
            pointer = f"{one.path}/{one.member}".rstrip("/")
            if "json pointer" in str(node_of(member).get("description")).lower():
                yield pointer
            yield from (_field(one), pointer, [_field(one)])

    def _by_field(self) -> Iterator[Any]:
        """A map of members to what is wrong with them, in a sentence or in several."""
        wrong = {_field(one): one.says for one in self.refusal.violations}
        if wrong:
            yield from (wrong, {field: [told] for field, told in wrong.items()})

    def _nested(self, told: Sequence[Schema]) -> Iterator[Any]:
        member, deeper = told[-1], replace(self, depth=self.depth + 1)
        inner = [one for one in map(items_of, told) if one is not None]
        if not inner:
            if "object" in types(member) and members_of(member):
                yield deeper.says(member)
        elif members_of(inner[-1]):
            yield from deeper._entries(inner)

    def _entries(self, inner: Sequence[Schema]) -> Iterator[Any]:
        """A list of what is wrong, an entry for each; of one entry where it is the whole."""
        wrong = self.refusal.violations if self.violation is None else ()
        filled: list[Any] = []
        for one in wrong:
            entry = self.of(one)._entry(inner)
            filled += [entry] if entry and entry not in filled else []
        whole = self.of(None)._entry(inner) if not filled else {}
        if filled:
            yield filled
        elif whole and required(inner[-1]) <= whole.keys():
            # Else it tells of fields, and none is wrong.
            yield [whole]

    def _entry(self, inner: Sequence[Schema]) -> dict[str, Any]:
        """One entry; empty where a code is due, and none that is listed fits."""
        free: dict[str, Any] = {}
        chosen: dict[str, Any] = {}
        for schema in inner:
            form = fitting_form(self.topic, schema)
            if form is None:
                return {}
            said = self.says(form)
            chosen |= {} if form is schema else said
            free |= said
        return free | chosen


def _may_say(told: Sequence[Schema], value: Any) -> bool:
    kind = "array" if isinstance(value, list) else "object" if isinstance(value, dict) else ""
    if kind and value:
        # What lacks something is completed later on.
        return all(kind in (types(one) or {kind}) for one in told)
    return all(validator(one, Direction.RESPONSE).accepts(value) for one in told)


def _number(code: str) -> int:
    """A code as a number, for vendors who number their errors; each has one, always the same."""
    return FIRST_NUMBER + zlib.crc32(code.encode()) % MOST_NUMBERS


def _field(violation: Violation) -> str:
    """The member that is wrong, or that is missing."""
    return f"{violation.path}/{violation.member}".strip("/") or violation.part

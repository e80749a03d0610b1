"""Refusals in the shape that the document gives them."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from verifier.mocking.bodies import Bodies, written
from verifier.mocking.documented import json_media, tells
from verifier.mocking.english import word_set, words
from verifier.mocking.kinds.schemas import choices, items_of, members_of, required, types
from verifier.mocking.refusal import Refusal
from verifier.model import Contract, Operation, ResponseSpec, Schema, UnresolvedReference
from verifier.validating import Direction, Violation, validator
from verifier.wire import Answer
from verifier.wire.rendering import reason

__all__ = ["Errors"]

# Where a status is not documented, the nearest one that may be said instead.
NEAREST = {422: (400,), 400: (422,), 415: (400, 422), 412: (409, 400), 428: (400,), 409: (422, 400)}
UNPROCESSABLE = 422
PROBLEM = "application/problem+json"
DEEPEST = 4
FIRST_NUMBER = 10_000
MOST_NUMBERS = 90_000
CODES = word_set("code errorcode error name errortype key faultcode statustext slug")
SAYS = word_set(
    """
    message detail description errordescription says msg reason errormessage info developermessage
    usermessage text summary explanation faultstring
    """
)
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


class Errors:
    """
    Writes errors: in a documented status where one fits (the status itself, the nearest that means
    the same, its range, the default), else in the one that HTTP gives it (RFC 9110, 15.5).
    """

    def __init__(self, contract: Contract, bodies: Bodies) -> None:
        self._bodies = bodies
        told = [s for o in contract.operations for s in o.responses if s.media]
        refusals = [s for s in told if s.status[:1] == "4"]
        refusals = refusals or [s for s in told if s.status == "default"]
        forms = Counter(map(_form, refusals))
        self._usual = max(refusals, key=lambda spec: forms[_form(spec)], default=None)
        self._knows_422 = any(tells(o, UNPROCESSABLE) for o in contract.operations)

    def say(self, operation: Operation | None, refusal: Refusal) -> Answer:
        """A refusal as an error; its violations name the fields."""
        status, spec = self._documented(operation, refusal)
        media = json_media(spec)
        if spec is None:
            media = json_media(self._usual)
        kind = media.type if media else PROBLEM
        schema = media.schema if media else None
        if media is not None and schema is not None:
            value = self._made(schema, refusal, status)
            if not value and (spec is None or operation is None):
                value = _plainly(schema, refusal, status)
        else:
            value = _problem(refusal, status)
        return Answer(
            status=status,
            headers=(("Content-Type", kind), *refusal.headers),
            body=written(value, kind),
        )

    def _made(self, schema: Schema, refusal: Refusal, status: int) -> Any:
        """An error in the form of a schema, or a list of them, one for each violation."""
        inner = None if members_of(schema) else items_of(schema)
        if inner is not None and members_of(inner):
            told = [
                self._bodies.make(inner, _said(inner, refusal, status, 0, one))
                for one in refusal.violations or (None,)
            ]
            if validator(schema, Direction.RESPONSE).accepts(told):
                return told
        return self._bodies.make(schema, _said(schema, refusal, status, 0))

    def _documented(
        self, operation: Operation | None, refusal: Refusal
    ) -> tuple[int, ResponseSpec | None]:
        status = refusal.status
        if operation is None:
            return status, self._usual
        nearest = () if refusal.exact else NEAREST.get(status, ())
        for candidate in (status, *nearest):
            if tells(operation, candidate):
                return candidate, operation.response(candidate)
        spec = operation.response(status)
        if spec is not None and status == UNPROCESSABLE and not self._knows_422 and nearest:
            # Whoever never speaks of 422 means 400 by it.
            return 400, operation.response(400)
        if spec is not None:
            return status, spec
        return status, None


def _form(spec: ResponseSpec) -> str:
    """The address of the schema of an error: most often there is one for all."""
    media = json_media(spec)
    if media is None or media.schema is None:
        return ""
    try:
        return str(media.schema.resolved().at)
    except UnresolvedReference:
        return ""


def _problem(refusal: Refusal, status: int) -> dict[str, Any]:
    """Problem details (RFC 9457), for vendors whose document has no shape for errors."""
    return {
        "type": "about:blank",
        "title": reason(status) or "Error",
        "status": status,
        "detail": refusal.says,
        "code": refusal.code,
    }


def _plainly(schema: Schema, refusal: Refusal, status: int) -> dict[str, Any]:
    """
    An error that no schema describes, close to those that one does: in the same member.

    Vendors whose document lists the fields that are wrong in ``detail`` say a sentence there else.
    """
    named = [name for name in members_of(schema) if "".join(words(name)) in SAYS]
    return {named[0]: refusal.says} if named else _problem(refusal, status)


def _said(
    schema: Schema,
    refusal: Refusal,
    status: int,
    depth: int,
    violation: Violation | None = None,
) -> dict[str, Any]:
    """What an error's members say, those of inner objects and lists included."""
    said: dict[str, Any] = {}
    must, known = required(schema), members_of(schema)
    titled = "title" in known
    for name, member in known.items():
        judge = validator(member, Direction.RESPONSE)
        deeper = depth if name in must or AROUND & set(words(name)) else DEEPEST
        values = _values(name, member, refusal, status, deeper, violation, titled=titled)
        listed = choices(member)
        for value in listed if len(listed) == 1 else values:
            # What lacks something is completed later on.
            if (isinstance(value, (dict, list)) and value) or judge.accepts(value):
                said[name] = value
                break
    return said


def _values(
    name: str,
    member: Schema,
    refusal: Refusal,
    status: int,
    depth: int,
    violation: Violation | None,
    *,
    titled: bool,
) -> Iterator[Any]:
    plain = "".join(words(name))
    says = violation.says if violation is not None else refusal.says
    if plain in CODES:
        code = violation.keyword if violation is not None else refusal.code
        yield from (code, _number(code))
        # Where the codes are listed, the status itself is often among them.
        usual = (reason(status) or "error").lower().replace(" ", "_")
        yield from (usual, usual.upper())
    if plain in STATUSES or plain == "code":
        yield from (status, str(status))
    if plain in SAYS:
        yield says
    if plain == "title":
        yield reason(status) or "Error"
    if plain == "type":
        # Of problem details it is an address (RFC 9457, 3.1.1), of anything else a code.
        yield from ("about:blank",) if titled else ()
        yield refusal.code
    if plain in FIELDS:
        yield from _places(violation, refusal.violations)
    if plain == "in" and violation is not None:
        yield violation.part
    if depth < DEEPEST:
        yield from _nested(member, refusal, status, depth, violation)
    if plain in ("error", "errors"):
        yield from _told_of(refusal.violations) if "object" in types(member) else (says, [says])


def _told_of(violations: Sequence[Violation]) -> Iterator[Any]:
    """A map of members to what is wrong with them, in a sentence or in several."""
    wrong = {_field(one): one.says for one in violations}
    if wrong:
        yield from (wrong, {field: [told] for field, told in wrong.items()})


def _number(code: str) -> int:
    """A code as a number, for vendors who number their errors; each has one, always the same."""
    return FIRST_NUMBER + zlib.crc32(code.encode()) % MOST_NUMBERS


def _places(violation: Violation | None, violations: Sequence[Violation]) -> Iterator[Any]:
    one = violation or next(iter(violations), None)
    if one is not None:
        plain = one.path.strip("/")
        yield from (plain or one.part, one.path, [plain or one.part])


def _field(violation: Violation) -> str:
    """The member that is wrong, or that is missing."""
    return f"{violation.path}/{violation.member}".strip("/") or violation.part


def _nested(
    member: Schema, refusal: Refusal, status: int, depth: int, violation: Violation | None
) -> Iterator[Any]:
    inner = items_of(member)
    if inner is not None and not members_of(inner):
        return
    if inner is not None:
        wrong = refusal.violations if violation is None else ()
        told = [_said(inner, refusal, status, depth + 1, one) for one in wrong]
        filled = [one for one in told if one]
        if filled:
            yield filled
            return
        one = _said(inner, refusal, status, depth + 1)
        if required(inner) <= one.keys():
            # Else it tells of fields, and none is wrong.
            yield [one]
    elif "object" in types(member) and members_of(member):
        told_once: Mapping[str, Any] = _said(member, refusal, status, depth + 1, violation)
        yield dict(told_once)

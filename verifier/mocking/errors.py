"""Refusals in the shape that the document gives them."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Any

from verifier.encoding import json_bytes
from verifier.mocking.bodies import Bodies, written
from verifier.mocking.codes import Topic, fit
from verifier.mocking.documented import json_media, tells
from verifier.mocking.english import word_set, words
from verifier.mocking.kinds.schemas import items_of, members_of
from verifier.mocking.refusal import Refusal
from verifier.mocking.wording import SAYS, Wording
from verifier.model import (
    Contract,
    Headers,
    Operation,
    ResponseSpec,
    Schema,
    UnresolvedReference,
)
from verifier.validating import Direction, validator
from verifier.wire import Answer
from verifier.wire.rendering import reason

__all__ = ["Errors"]

# Where a status is not documented, the nearest one that may be said instead.
NEAREST = {422: (400,), 400: (422,), 415: (400, 422), 412: (409,), 428: (400,), 409: (422, 400)}
UNPROCESSABLE = 422
PROBLEM = "application/problem+json"
REASON = "X-Verifier-Reason"
LONGEST_REASON = 300
# Of two statuses for a body, the one for its shape and the one for its sense say so like this.
SHAPE, SENSE = word_set("schema syntactically"), word_set("semantically business")


class Errors:
    """
    Writes errors: in a documented status where one fits (the status itself, the nearest that means
    the same, its range, the default), else in the one that HTTP gives it (RFC 9110, 15.5).
    """

    def __init__(self, contract: Contract, bodies: Bodies) -> None:
        self._contract = contract
        self._bodies = bodies

    @cached_property
    def _usual(self) -> ResponseSpec | None:
        """What stands for an error that is not documented where it is told."""
        contract = self._contract
        told = [s for o in contract.operations for s in o.responses if s.media]
        refusals = [s for s in told if s.status[:1] == "4"]
        refusals = refusals or [s for s in told if s.status == "default"]
        forms = Counter(map(_form, refusals))
        return max(refusals, key=lambda spec: forms[_form(spec)], default=None)

    @cached_property
    def _named(self) -> list[int]:
        """Which of the two statuses for what is invalid is documented anywhere."""
        both = (400, UNPROCESSABLE)
        return [n for n in both if any(tells(o, n) for o in self._contract.operations)]

    def say(self, operation: Operation | None, refusal: Refusal) -> Answer:
        """A refusal as an error; its violations name the fields."""
        status, spec = self._documented(operation, refusal)
        media = json_media(spec)
        if spec is None:
            media = json_media(self._usual)
        kind = media.type if media else PROBLEM
        schema = media.schema if media else None
        if media is not None and schema is not None:
            wording = Wording(refusal=refusal, status=status, operation=operation)
            value = self._made(schema, wording)
            if not value and (spec is None or operation is None):
                value = _plainly(schema, refusal, status)
        else:
            value = _problem(refusal, status)
        body = written(value, kind)
        headers = (("Content-Type", kind), *refusal.headers, *_unsaid(refusal, body))
        return Answer(status=status, headers=headers, body=body)

    def _made(self, schema: Schema, wording: Wording) -> Any:
        """An error in the form of a schema, or a list of them, one for each violation."""
        inner = None if members_of(schema) else items_of(schema)
        if inner is not None and members_of(inner):
            told = [
                self._bodies.make(inner, wording.of(one).says(inner))
                for one in wording.refusal.violations or (None,)
            ]
            if validator(schema, Direction.RESPONSE).accepts(told):
                return told
        return self._bodies.make(schema, wording.says(schema))

    def _documented(
        self, operation: Operation | None, refusal: Refusal
    ) -> tuple[int, ResponseSpec | None]:
        status = refusal.status
        if operation is None:
            return status, self._usual
        nearest = () if refusal.exact else NEAREST.get(status, ())
        candidates = (status, *nearest)
        if status == UNPROCESSABLE and refusal.violations and _is_for_shapes(operation, refusal):
            candidates = (400, status)
        for candidate in candidates:
            if tells(operation, candidate):
                return candidate, operation.response(candidate)
        spec = operation.response(status)
        # Whoever never speaks of 422 means 400 by it; here too, if it speaks of any.
        means_400 = UNPROCESSABLE not in self._named and (spec is not None or bool(self._named))
        if status == UNPROCESSABLE and nearest and means_400:
            return 400, operation.response(400)
        if spec is not None:
            return status, spec
        return status, None


def _unsaid(refusal: Refusal, body: bytes) -> Headers:
    """Why, in a header of ours, where the document leaves no room to say it."""
    says = (refusal.says, *(violation.says for violation in refusal.violations))
    if any(json_bytes(one)[1:-1] in body for one in says):
        return ()
    plain = "".join(c if " " <= c <= "~" else "?" for c in refusal.says[:LONGEST_REASON])
    return ((REASON, plain),)


def _is_for_shapes(operation: Operation, refusal: Refusal) -> bool:
    """
    Whether what breaks the schema gets 400, where the document knows 422 as well: by the codes
    that it lists for each, else by what it says they are for.
    """
    if not (tells(operation, 400) and tells(operation, UNPROCESSABLE)):
        return False
    shape, sense = operation.response(400), operation.response(UNPROCESSABLE)
    topic = Topic.of(refusal, refusal.violations[0], operation)
    one, two = (fit(topic, media.schema) if (media := json_media(s)) else 0 for s in (shape, sense))
    if one != two:
        return one > two
    told, other = (set(words(spec.description)) if spec else set() for spec in (shape, sense))
    return bool(SHAPE & told - other) and bool(SENSE & other - told)


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

"""A draft judged against its operation: what the document would refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from verifier.encoding import media_for
from verifier.model import Body, Draft, Kept, Operation, Parameter, Schema
from verifier.validating.validators import Validator, validator
from verifier.validating.violations import Direction, Violation

__all__ = ["judge_request"]

MOST_SOUND = 64  # drafts that are known to be so
MOST_SPELLINGS = 16  # of a media type: clients choose them

# OpenAPI 3.1.1, 4.8.12.1: parameters of these names are ignored.
OWN_FIELDS = frozenset({"accept", "content-type", "authorization"})
# Where a draft keeps the parameters of a location.
PLACES = {
    "path": "path",
    "query": "query",
    "querystring": "query",
    "header": "headers",
    "cookie": "cookies",
}


def judge_request(operation: Operation, draft: Draft) -> tuple[Violation, ...]:
    """
    Everything in which a draft is not what the document asks for; empty for a valid one.

    Parameters that the document does not describe are no violation. A body sent as raw bytes is
    not looked into.
    """
    return RequestJudge.of(operation).judge(draft)


class RequestJudge:
    """The judgement of one operation's requests: what it asks for is worked out once."""

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        self._expected = [
            _Expected(parameter) for parameter in operation.parameters if not _is_ignored(parameter)
        ]
        self._bodies: dict[str, _Part] = {}
        self._sound: dict[int, Draft] = {}

    @classmethod
    def of(cls, operation: Operation) -> RequestJudge:
        """The judge of an operation, kept for the next request."""
        return _JUDGES.of(operation)

    def judge(self, draft: Draft) -> tuple[Violation, ...]:
        """As ``judge_request``."""
        if self._sound.get(id(draft)) is draft:
            return ()
        found: list[Violation] = []
        for one in self._expected:
            found += one.wrong_in(draft)
        if self.operation.body is not None:
            return (*found, *self._body(draft))
        if not found:
            # Whoever reads requests may give the very same again (``Decoder.read``).
            if len(self._sound) >= MOST_SOUND:
                self._sound.clear()
            self._sound[id(draft)] = draft
        return tuple(found)

    def _body(self, draft: Draft) -> Sequence[Violation]:
        body = self.operation.body
        if body is None or draft.raw_body is not None:
            return ()
        if not draft.has_body:
            if not body.required:
                return ()
            says = "a body is required, and is not there"
            return (_wrong(says, "required", body),)
        part = self._bodies.get(draft.media_type)
        if part is None:
            media = media_for(body.media, draft.media_type) if draft.media_type else None
            if media is None and draft.media_type and body.media:
                taken = ", ".join(m.type for m in body.media)
                return (_wrong(f"is {draft.media_type}, taken is {taken}", "content", body),)
            media = media or next(iter(body.media), None)
            part = _Part(media.schema if media is not None else None, "body")
            if len(self._bodies) < MOST_SPELLINGS:
                self._bodies[draft.media_type] = part
        return part.wrong(draft.body)


class _Part:
    """A part of a request, and its schema, made ready when the first value comes."""

    __slots__ = ("_check", "_prefix", "name", "schema")

    def __init__(self, schema: Schema | None, name: str, prefix: str = "") -> None:
        self.schema = schema
        self.name = name
        self._prefix = prefix
        self._check: Validator | None = None

    def wrong(self, value: Any) -> Sequence[Violation]:
        """What is wrong with its value."""
        if self.schema is None:
            return ()
        if self._check is None:
            self._check = validator(self.schema, Direction.REQUEST)
        if self._check.accepts(value):
            return ()
        found = self._check.errors(value)
        return [replace(v, path=f"{self._prefix}{v.path}", part=self.name) for v in found]


class _Expected:
    """A parameter, and where its value is in a draft."""

    __slots__ = ("_name", "_part", "_place", "parameter")

    def __init__(self, parameter: Parameter) -> None:
        self.parameter = parameter
        self._place = PLACES.get(parameter.location, "")
        is_header = parameter.location == "header"
        self._name = parameter.name.lower() if is_header else parameter.name
        self._part = _Part(parameter.schema, _part(parameter.location), f"/{parameter.name}")

    def wrong_in(self, draft: Draft) -> Sequence[Violation]:
        """What is wrong with it."""
        sent: Mapping[str, Any] = getattr(draft, self._place) if self._place else {}
        if sent and self._place == "headers":
            sent = {name.lower(): value for name, value in sent.items()}
        if self._name in sent:
            return self._part.wrong(sent[self._name])
        return (self._missing(),) if self.parameter.required else ()

    def _missing(self) -> Violation:
        location, name = self.parameter.location, self.parameter.name
        return Violation(
            path=f"/{name}",
            says=f"{location} parameter '{name}' is required, and is not there",
            keyword="required",
            schema_at=self.parameter.at,
            part=_part(location),
        )


def _is_ignored(parameter: Parameter) -> bool:
    return parameter.location == "header" and parameter.name.lower() in OWN_FIELDS


def _part(location: str) -> str:
    return "query" if location == "querystring" else location


def _wrong(says: str, keyword: str, body: Body) -> Violation:
    return Violation(path="", says=says, keyword=keyword, schema_at=body.at, part="body")


_JUDGES = Kept(RequestJudge)

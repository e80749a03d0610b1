"""Whether the document allows a request, as it is meant and as it arrives."""

from __future__ import annotations

import dataclasses
import enum
from typing import Any

import orjson
from msgspec.structs import replace

from verifier.encoding import (
    DecodeError,
    Decoder,
    EncodeError,
    Shape,
    encode,
    encode_body,
    is_json,
)
from verifier.encoding.media import kind_of
from verifier.encoding.paths import match_raw
from verifier.encoding.payloads import read_payload
from verifier.generating.parts import identity, with_parameter, writes_json
from verifier.model import Draft, Media, Operation, Parameter
from verifier.validating import Direction, Validator, Violation, judge_request, validator

__all__ = ["Label", "Labels"]

SIMPLE_STYLES = frozenset(("form", "simple"))
FORM = "application/x-www-form-urlencoded"
MOST_MEMBERS = 4096
FIELDS = frozenset(("header", "cookie"))


class Label(enum.Enum):
    """What a draft is; LOST is neither, once it is on the wire."""

    VALID = "valid"
    BROKEN = "broken"
    LOST = "lost"


class Labels:
    """
    Labels the drafts of one operation.

    A number in place of text is text again in a query, and so not broken: every label is given
    both before the draft is written and after it was read back.

    Args:
        media: Of the bodies; None where there are none.
    """

    def __init__(self, operation: Operation, media: Media | None) -> None:
        self.operation = operation
        self.media = media
        self._alone: dict[str, tuple[Operation, Draft]] = {}
        self._plain: dict[int, tuple[Parameter, Validator | None, Shape | None]] = {}
        self._members: dict[bytes, dict[str, Any]] = {}
        schema = self.media.schema if self.media else None
        self._shapes = {id(p): Shape.of(p.schema) for p in operation.parameters}
        self.entangled = self._is_entangled()
        self._shape = Shape.of(schema)
        self._body = validator(schema, Direction.REQUEST) if schema else None
        # Members of a form that are text whatever is in them.
        self._texts = frozenset(
            name
            for name in self._shape.properties
            if self._shape.member(name).types - {"null"} == {"string"}
            and "[" not in name
            and not (self.media and name in self.media.encoding)
        )

    def of(self, draft: Draft) -> Label:
        """The label of a whole draft."""
        return self._of(self.operation, draft)

    def sendable(self, draft: Draft) -> bool:
        """Whether a draft can be written down as a request at all."""
        try:
            encode(self.operation, draft)
        except EncodeError:
            return False
        return True

    def of_parameter(self, parameter: Parameter, value: Any) -> Label:
        """The label of a draft whose other parts are valid, by one of its parameters."""
        key = id(parameter)
        if key not in self._plain:
            self._plain[key] = (parameter, *self._plainly(parameter))
        _, judge, shape = self._plain[key]
        if judge is None:
            return self._parameter(parameter, value)
        kind = type(value)
        if kind is str:
            if not _arrives(parameter, value):
                return Label.LOST
            text = value
        elif kind in (int, float, bool):
            text = orjson.dumps(value).decode() if -(2**63) <= value < 2**64 else str(value)
        else:
            return self._parameter(parameter, value)
        read = shape.cast(text) if shape is not None else text
        return _label(judge.accepts(value), judge.accepts(read), same=_same(read, value))

    def _is_entangled(self) -> bool:
        """Whether one parameter may be read as a part of another: none is labelled alone then."""
        found = [p for p in self.operation.parameters if p.location in ("query", "cookie")]
        tops = {parameter.name.partition("[")[0] for parameter in found}
        spread = any(
            p.style == "form" and p.explode and "object" in self._shapes[id(p)].types for p in found
        )
        return spread or len(tops) < len(found)

    def _plainly(self, parameter: Parameter) -> tuple[Validator | None, Shape | None]:
        """How to check a parameter that is one bare text on the wire; nothing where it is more."""
        if parameter.schema is None or parameter.content or parameter.style not in SIMPLE_STYLES:
            return None, None
        shape = self._shapes.get(id(parameter)) or Shape.of(parameter.schema)
        if not shape.types or shape.types & {"array", "object"}:
            return None, None
        return validator(parameter.schema, Direction.REQUEST), shape

    def of_body(self, value: Any) -> Label:
        """The label of a draft whose other parts are valid, by its body."""
        if self._body is None or self.media is None:
            return Label.VALID
        if writes_json(self.media) and (is_json(self.media.type) or not isinstance(value, str)):
            known = self._body.accepts(value)
            return Label.VALID if known else Label.BROKEN
        if kind_of(self.media.type) == FORM and isinstance(value, dict):
            return self._form(self._body, value)
        operation, draft = self._only_body()
        return self._of(operation, replace(draft, body=value))

    def refusal(self, draft: Draft) -> str:
        """Why a draft cannot be sent, or is not what the document asks for; empty if neither."""
        meant = judge_request(self.operation, draft)
        try:
            wrong = meant or self._read(draft)
        except (EncodeError, DecodeError) as error:
            return error.says
        if not wrong:
            return ""
        kind = f" (as {draft.media_type})" if wrong[0].part == "body" else ""
        when = "" if meant else ", once it is written down and read again"
        return f"{wrong[0].part}{wrong[0].path} {wrong[0].says}{kind}{when}"

    def signature(self, draft: Draft) -> frozenset[tuple[str, str, str]]:
        """In what a draft is wrong once it is read back: part, place and keyword of each."""
        try:
            return frozenset((v.part, v.path, v.keyword) for v in self._read(draft))
        except EncodeError:
            return frozenset()
        except DecodeError as error:
            return frozenset({(error.part, "", str(error.status))})

    def _parameter(self, parameter: Parameter, value: Any) -> Label:
        if f"{parameter.location}/{parameter.name}" not in self._alone:
            template = f"/{{{parameter.name}}}" if parameter.location == "path" else "/"
            self._alone[f"{parameter.location}/{parameter.name}"] = (
                dataclasses.replace(
                    self.operation, parameters=(parameter,), body=None, path=template
                ),
                with_parameter(Draft(), parameter, None),
            )
        operation, draft = self._alone[f"{parameter.location}/{parameter.name}"]
        if isinstance(value, str) and not _arrives(parameter, value):
            return Label.LOST
        return self._of(operation, with_parameter(draft, parameter, value))

    def _form(self, judge: Validator, value: dict[str, Any]) -> Label:
        """The members of a form do not touch each other: each is written and read once."""
        read: dict[str, Any] = {}
        texts = self._texts
        for name, member in value.items():
            if name in texts and isinstance(member, str) and member != "null":
                read[name] = member
            else:
                read.update(self._member(name, member))
        if not read:
            # An empty form is no body at all, which is another question.
            operation, draft = self._only_body()
            return self._of(operation, replace(draft, body=value))
        return _label(judge.accepts(value), judge.accepts(read), same=True)

    def _member(self, name: str, member: Any) -> dict[str, Any]:
        key = identity(Draft(body={name: member}))
        if key not in self._members:
            if len(self._members) >= MOST_MEMBERS:
                self._members.clear()
            operation, draft = self._only_body()
            kind, content = encode_body(operation, replace(draft, body={name: member}))
            read, _, _ = read_payload(kind, content, self.media, self._shape)
            self._members[key] = read if isinstance(read, dict) else {}
        return self._members[key]

    def _only_body(self) -> tuple[Operation, Draft]:
        if "" not in self._alone:
            kind = self.media.type if self.media else ""
            self._alone[""] = (
                dataclasses.replace(self.operation, parameters=(), path="/"),
                Draft(has_body=True, media_type=kind),
            )
        return self._alone[""]

    def _of(self, operation: Operation, draft: Draft) -> Label:
        meant = not judge_request(operation, draft)
        if meant and draft.raw_body is not None:
            meant = False
        try:
            read = self._read(draft, operation)
        except EncodeError:
            return Label.LOST
        except DecodeError:
            return Label.LOST if meant else Label.BROKEN
        return _label(meant, not read, same=True)

    def _read(self, draft: Draft, operation: Operation | None = None) -> tuple[Violation, ...]:
        operation = operation or self.operation
        request = encode(operation, draft)
        path = match_raw(operation.path, request.path)
        if path is None:
            raise DecodeError("path", f"{request.path} is not {operation.path}", status=404)
        read = Decoder.of(operation).read(path, request.query, request.headers, request.body)
        return judge_request(operation, read)


def _label(meant: bool, arrived: bool, *, same: bool) -> Label:
    if meant != arrived or (meant and not same):
        return Label.LOST
    return Label.VALID if meant else Label.BROKEN


def _arrives(parameter: Parameter, value: str) -> bool:
    """
    Whether a text is the same at the other end.

    Fields hold no more than ASCII, and no spaces around it, safely (RFC 9110, 5.5); empty values
    are for the parameters that allow them (OpenAPI 3.1.1, allowEmptyValue), and a path without one
    is another path.
    """
    if not value:
        return False
    if parameter.location in FIELDS:
        return value.isascii() and value.isprintable() and value == value.strip()
    if parameter.location == "path":
        return value not in (".", "..") and "/" not in value
    return True


def _same(read: Any, value: Any) -> bool:
    return bool(read == value) and isinstance(read, bool) == isinstance(value, bool)

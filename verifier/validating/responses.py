"""One answer judged against everything that its operation says about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from verifier.encoding import is_json, media_for, read_header
from verifier.model import Header, Media, Operation, Response, ResponseSpec
from verifier.validating.undocumented import undocumented_members
from verifier.validating.validators import validator
from verifier.validating.violations import Direction, Violation

__all__ = ["Reading", "judge_response"]

# RFC 9110, 6.4.1: these never carry content.
BODILESS = frozenset({204, 205, 304})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    What an answer turned out to be.

    Args:
        spec: The documented response; None where the status is not documented.
        media: The documented media type that the body came in; None where there is none.
        media_ok: Whether the content type is a documented one, or nothing was to be said about it.
        parse_error: Why the body does not parse as what it says it is; empty where it does.
        violations: Of the body's schema.
        header_violations: ``path`` is the header's name.
        unchecked: What could not be checked, and why; empty where everything was.
        value: The parsed body; None where there is none.
    """

    spec: ResponseSpec | None
    media: Media | None = None
    media_ok: bool = True
    parse_error: str = ""
    violations: tuple[Violation, ...] = ()
    header_violations: tuple[Violation, ...] = ()
    unchecked: str = ""
    value: Any = None
    _undocumented: list[tuple[str, ...]] = field(default_factory=list, repr=False, compare=False)

    @property
    def ok(self) -> bool:
        """Whether nothing contradicts the document."""
        return (
            self.spec is not None
            and self.media_ok
            and not self.parse_error
            and not self.violations
            and not self.header_violations
        )

    @property
    def undocumented(self) -> tuple[str, ...]:
        """JSON pointers of members that the schema does not know: fifty at most."""
        if not self._undocumented:
            schema = self.media.schema if self.media else None
            found = undocumented_members(schema, self.value) if schema else ()
            self._undocumented.append(found)
        return self._undocumented[0]


def judge_response(operation: Operation, response: Response) -> Reading:
    """
    Compare an answer with the document: status, media type, body, headers.

    An empty body is never a schema violation: RFC 9110 lets 204, 205, 304 and answers to HEAD have
    none, and elsewhere ``media_ok`` is False where content is documented and none came. A body
    where none is documented is allowed: the document is silent, it does not forbid.
    """
    spec = operation.response(response.status)
    if spec is None:
        return Reading(spec=None, unchecked=f"status {response.status} is not documented")
    headers = tuple(_headers(spec, response)) if spec.headers else ()
    bodiless = response.status in BODILESS or operation.method == "HEAD"
    if bodiless or not (spec.media or response.body):
        return Reading(spec=spec, header_violations=headers)
    if not spec.media:
        return Reading(spec=spec, header_violations=headers, unchecked="no content is documented")
    if not response.body:
        return Reading(spec=spec, media_ok=False, header_violations=headers)
    return _body(spec, response, headers)


def _body(spec: ResponseSpec, response: Response, headers: tuple[Violation, ...]) -> Reading:
    content_type = response.header("content-type") or ""
    media = media_for(spec.media, content_type)
    if media is None:
        return Reading(spec=spec, media_ok=False, header_violations=headers)
    if response.cut:
        said = f"only the first {len(response.body)} bytes of the body were kept"
        return Reading(spec=spec, media=media, header_violations=headers, unchecked=said)
    if not is_json(content_type):
        return Reading(
            spec=spec, media=media, header_violations=headers, unchecked=_only_read(media)
        )
    try:
        value = response.json()
    except ValueError as error:
        return Reading(
            spec=spec,
            media=media,
            parse_error=f"the body is not JSON: {error}",
            header_violations=headers,
        )
    if media.schema is None:
        return Reading(spec=spec, media=media, header_violations=headers, value=value)
    check = validator(media.schema, Direction.RESPONSE)
    wrong = () if check.accepts_parsed(value) else check.errors(value)
    return Reading(
        spec=spec,
        media=media,
        violations=wrong,
        header_violations=headers,
        unchecked=check.broken or "; ".join(check.unchecked),
        value=value,
    )


def _only_read(media: Media) -> str:
    return f"a body of {media.type} is not checked against its schema" if media.schema else ""


def _headers(spec: ResponseSpec, response: Response) -> Iterator[Violation]:
    for header in spec.headers:
        # OpenAPI 3.1.1, 4.8.17.1: a response header named Content-Type is ignored.
        if header.name.lower() == "content-type":
            continue
        sent = response.header_all(header.name)
        if sent:
            yield from _header(header, ", ".join(sent))
        elif header.required:
            yield Violation(
                path=header.name,
                says="is required, and is not there",
                keyword="required",
                schema_at=header.at,
                part="header",
            )


def _header(header: Header, text: str) -> Iterator[Violation]:
    if header.schema is None:
        return
    check = validator(header.schema, Direction.RESPONSE)
    value = read_header(header.schema, text)
    if check.accepts(value):
        return
    for wrong in check.errors(value):
        yield Violation(
            path=header.name,
            says=wrong.says,
            keyword=wrong.keyword,
            schema_at=wrong.schema_at,
            part="header",
        )

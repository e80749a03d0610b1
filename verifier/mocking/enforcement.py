"""What of a request is not held against the document, and why: never let through in silence."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.encoding import is_json
from verifier.model import Media, Operation, Schema
from verifier.validating import Direction, validator

__all__ = ["HEADER", "Enforcement"]

HEADER = "X-Verifier-Unenforced"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
LONGEST = 300


class Enforcement:
    """Knows for each operation what cannot be enforced; worked out when it is first asked."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, ...]] = {}

    def gaps(self, operation: Operation) -> tuple[str, ...]:
        """What requests for an operation are not held against, a sentence each."""
        known = self._known.get(operation.key)
        if known is None:
            known = self._known[operation.key] = tuple(dict.fromkeys(_gaps(operation)))
        return known

    def header(self, operation: Operation) -> str:
        """The gaps in one line, as a header can carry them; empty where there are none."""
        told = "; ".join(self.gaps(operation))
        plain = " ".join(told.split()).encode("ascii", "replace").decode()
        return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 3]}..."


def _gaps(operation: Operation) -> Iterator[str]:
    for parameter in operation.parameters:
        yield from _of_schema(
            f"{parameter.location} parameter '{parameter.name}'", parameter.schema
        )
    for media in operation.body.media if operation.body else ():
        yield from _of_media(media)


def _of_media(media: Media) -> Iterator[str]:
    kind = media.type.partition(";")[0].strip().lower()
    if media.schema is None:
        return
    plain = kind.startswith("text/") or kind == "application/octet-stream"
    if not (is_json(kind) or kind in FORMS or plain or "*" in kind or "ndjson" in kind):
        yield f"a body of {kind} is not looked into"
    else:
        yield from _of_schema(f"the body of {kind}", media.schema)


def _of_schema(what: str, schema: Schema | None) -> Iterator[str]:
    if schema is None:
        return
    check = validator(schema, Direction.REQUEST)
    if check.broken:
        yield f"{what} is not checked: {check.broken}"
    for says in check.unchecked:
        yield f"{what} is checked in part: {says}"

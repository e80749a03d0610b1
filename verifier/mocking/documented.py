"""What the document offers for an answer: which success, in which media type."""

from __future__ import annotations

from verifier.model import Media, Operation, ResponseSpec, Schema

__all__ = ["answer_schema", "json_media", "success_of", "tells"]


def success_of(operation: Operation) -> ResponseSpec | None:
    """The documented success that an operation answers with."""
    good = [spec for spec in operation.responses if spec.status[:1] == "2"]
    preferred = ("201", "200", "202", "204") if operation.method == "POST" else ("200", "204")
    for status in preferred:
        for spec in good:
            if spec.status == status:
                return spec
    if good:
        return good[0]
    # Some operations only ever lead elsewhere.
    moved = [s for s in operation.responses if s.status[:1] == "3" and s.status != "304"]
    return moved[0] if moved else operation.response(200)


def tells(operation: Operation, status: int) -> bool:
    """Whether a status is documented by its number, not by a range or a default."""
    return any(spec.status == str(status) for spec in operation.responses)


def json_media(spec: ResponseSpec | None) -> Media | None:
    """The JSON media of a documented response, else its first; None where it has no body."""
    media = spec.media if spec else ()
    for one in media:
        if "json" in one.type:
            return one
    return media[0] if media else None


def answer_schema(operation: Operation | None) -> Schema | None:
    """The schema of an operation's success; None where it has none."""
    media = json_media(success_of(operation)) if operation is not None else None
    return media.schema if media is not None else None

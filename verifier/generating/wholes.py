"""Requests that are special as a whole: examples, all or nothing optional, no body, torn bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from verifier.generating.drawing import Drawing, Unmakable
from verifier.generating.parts import writes_json
from verifier.model import Draft, Need

__all__ = ["Whole", "broken_wholes", "valid_wholes"]

TORN = b'{"torn": '
WRONG_MEDIA = "application/x-verifier"
WAYS = (("minimal", "only what is required"), ("full", "everything that is optional, too"))


class Whole(Struct, frozen=True):
    """
    One request, not checked yet.

    Args:
        drawing: Knows how to check it.
        kind: In one word: ``example``, ``malformed-json``.
        aspect: Stable and without values.
        says: What is special about it.
    """

    drawing: Drawing
    kind: str
    aspect: str
    says: str
    draft: Draft
    needs: tuple[Need, ...]


def valid_wholes(drawing: Drawing, others: Iterable[Drawing]) -> Iterator[Whole]:
    """
    The document's examples, bodies with all or nothing that is optional, and other media types.

    Args:
        others: The same operation with its other media types.
    """
    media, made = drawing.media, drawing.body_sampler
    if media is None:
        return
    draft, needs = drawing.bare()
    for example in media.examples if made else ():
        says = f"the document's example '{example.name}'"
        body = made.shown(example.value) if made else example.value
        whole, more = drawing.bodied(draft, body)
        aspect = f"example:{example.name}"
        yield Whole(drawing, "example", aspect, says, whole, (*needs, *more))
    for way, says in WAYS:
        try:
            whole, more = drawing.bodied(draft, drawing.body(way))
        except Unmakable:
            continue
        yield Whole(drawing, way, way, says, whole, (*needs, *more))
    for other in others:
        try:
            whole, all_needs = other.plain()
        except Unmakable:
            continue
        says = f"a body of the type {whole.media_type}"
        yield Whole(other, "media", f"media:{whole.media_type}", says, whole, all_needs)


def broken_wholes(drawing: Drawing, plain: Draft) -> Iterator[Whole]:
    """A body that is torn, missing, or of a type that is not taken, the most telling first."""
    body = drawing.operation.body
    if not plain.has_body or body is None:
        return
    _, needs = drawing.bare()
    if writes_json(drawing.media):
        torn = replace(plain, raw_body=TORN)
        says = "a body that is not JSON"
        yield Whole(drawing, "malformed-json", "malformed-json:body", says, torn, needs)
    if body.required:
        none = replace(plain, body=None, has_body=False, media_type="")
        yield Whole(drawing, "missing-required", "missing-required:body", "no body", none, needs)
    wrong = replace(plain, media_type=WRONG_MEDIA, raw_body=b"verifier")
    says = f"a body of the type {WRONG_MEDIA}"
    yield Whole(drawing, "wrong-media-type", "wrong-media-type:body", says, wrong, needs)

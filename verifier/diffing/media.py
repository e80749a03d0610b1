"""Which content type of one document stands for which of the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.diffing.pairs import OperationPair
from verifier.diffing.shapes import canonical
from verifier.diffing.shifts import Carrier, Descent
from verifier.model import Media, Pointer, Side

__all__ = ["compared", "covered", "encodings", "match", "narrowed"]

SINGLE = frozenset({"string", "number", "integer", "boolean"})
DEFAULTS = {
    "contentType": "",
    "headers": {},
    "style": "form",
    "explode": True,
    "allowReserved": False,
}


def covered(kind: str, among: Iterable[Media]) -> bool:
    """Whether a type is one of those, or within a range such as ``application/*``."""
    plain = _plain(kind)
    return any(_holds(_plain(media.type), plain) for media in among)


def narrowed(kind: str, among: Iterable[Media]) -> bool:
    """Whether a range such as ``text/*`` is told by one of the types in it now."""
    plain = _plain(kind)
    return plain.endswith("/*") and any(_holds(plain, _plain(media.type)) for media in among)


def match(old: Iterable[Media], new: Iterable[Media]) -> Iterator[tuple[Media, Media]]:
    """Each earlier type with the later one that is it, or that holds it; JSON first."""
    candidates = tuple(new)
    for before in sorted(old, key=lambda media: _carrier(media.type) != "json"):
        plain = _plain(before.type)
        tests = (
            (after for after in candidates if _whole(after.type) == _whole(before.type)),
            (after for after in candidates if _plain(after.type) == plain),
            (after for after in candidates if _holds(_plain(after.type), plain)),
        )
        found = next((after for test in tests for after in test), None)
        if found is not None:
            yield before, found


def compared(
    pair: OperationPair, old: Iterable[Media], new: Iterable[Media], side: Side, root: str
) -> Iterator[Descent]:
    """The schemas of matching types; where one type has none, anything goes."""
    before_all = tuple(old)
    found = list(match(before_all, new))
    again = _written_twice(sorted(found, key=lambda both: before_all.index(both[0])))
    for before, after in found:
        if (before.schema is None and after.schema is None) or (before.at, after.at) in again:
            continue
        yield pair.descend(
            before.schema,
            after.schema,
            side,
            root,
            at=(before.at, after.at),
            carrier=_carrier(before.type),
        )


def _written_twice(found: Iterable[tuple[Media, Media]]) -> set[tuple[Pointer, Pointer]]:
    """Further types of one and the same schema, as forms have that are also taken as JSON."""
    seen: set[tuple[int, int]] = set()
    again = set()
    for before, after in found:
        if before.schema is not None and after.schema is not None:
            both = id(before.schema.node), id(after.schema.node)
            if both in seen:
                again.add((before.at, after.at))
            seen.add(both)
    return again


def encodings(old: Iterable[Media], new: Iterable[Media]) -> Iterator[tuple[str, Pointer, Pointer]]:
    """Parts of forms, kept from one document to the other, that are written in another way."""
    for before, after in match(old, new):
        if before.encoding == after.encoding:
            continue
        kept = _members(before) & _members(after)
        for part in sorted({*before.encoding, *after.encoding} & kept):
            single = _single(before, part) and _single(after, part)
            if _written(before, part, single) != _written(after, part, single):
                yield part, before.at, after.at


def _members(media: Media) -> set[str]:
    return set(media.schema.members()) if media.schema is not None else set()


def _single(media: Media, part: str) -> bool:
    """Whether a part is one text or number: styles are about lists and objects."""
    from verifier.encoding import Shape  # start-up time: few documents say how parts are written

    schema = media.schema.members().get(part) if media.schema is not None else None
    types = Shape.of(schema).types
    return bool(types) and types <= SINGLE


def _written(media: Media, part: str, single: bool) -> bytes:
    """How a part is written, what is assumed filled in (OpenAPI 3.1.1, 4.8.15)."""
    said = media.encoding.get(part)
    plain = {k: v for k, v in said.items() if k in DEFAULTS} if isinstance(said, dict) else {}
    if single:
        plain = {k: v for k, v in plain.items() if k not in ("style", "explode")}
    style = plain.get("style", "form")
    return canonical({**DEFAULTS, "explode": style == "form", **plain})


def _carrier(kind: str) -> Carrier:
    """How values of a content type are written: numbers in a form are texts."""
    plain = _plain(kind)
    if plain.endswith(("/xml", "+xml")):
        return "xml"
    form = plain in ("application/x-www-form-urlencoded", "multipart/form-data")
    return "text" if form else "json"


def _whole(kind: str) -> tuple[str, ...]:
    """Type and parameters, in whatever order these are written."""
    first, *parameters = (part.strip().lower() for part in kind.split(";"))
    return first, *sorted(parameters)


def _plain(kind: str) -> str:
    """Without parameters: their order and spelling say nothing about what is inside."""
    return kind.partition(";")[0].strip().lower()


def _holds(outer: str, inner: str) -> bool:
    """Whether a media range contains a type (RFC 9110, 12.5.1)."""
    return outer in (inner, "*/*") or (outer.endswith("/*") and inner.startswith(outer[:-1]))

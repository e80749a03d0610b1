"""Which content type of one document stands for which of the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.model import Media

__all__ = ["covered", "match"]


def covered(kind: str, among: Iterable[Media]) -> bool:
    """Whether a type is one of those, or within a range such as ``application/*``."""
    plain = _plain(kind)
    return any(_holds(_plain(media.type), plain) for media in among)


def match(old: Iterable[Media], new: Iterable[Media]) -> Iterator[tuple[Media, Media]]:
    """Each earlier type with the later one that is it, or that holds it."""
    candidates = tuple(new)
    for before in old:
        plain = _plain(before.type)
        exact = (after for after in candidates if _plain(after.type) == plain)
        held = (after for after in candidates if _holds(_plain(after.type), plain))
        found = next(exact, None) or next(held, None)
        if found is not None:
            yield before, found


def _plain(kind: str) -> str:
    """Without parameters: their order and spelling say nothing about what is inside."""
    return kind.partition(";")[0].strip().lower()


def _holds(outer: str, inner: str) -> bool:
    """Whether a media range contains a type (RFC 9110, 12.5.1)."""
    return outer in (inner, "*/*") or (outer.endswith("/*") and inner.startswith(outer[:-1]))

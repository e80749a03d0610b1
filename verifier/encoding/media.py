"""Media types: which documented one a content type means, and what a body says."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from verifier.model import Media, Response

__all__ = ["content_of", "is_json", "kind_of", "matches", "media_for"]


@functools.lru_cache(maxsize=1024)
def kind_of(content_type: str) -> str:
    """A content type without its parameters, lower case."""
    return content_type.partition(";")[0].strip().lower()


@functools.lru_cache(maxsize=1024)
def is_json(content_type: str) -> bool:
    """Whether a content type says JSON (RFC 6839, 3.1 for ``+json``)."""
    kind = kind_of(content_type)
    return kind.endswith("+json") or kind in ("application/json", "text/json")


def matches(documented: str, content_type: str) -> bool:
    """Whether a content type is what the document says: parameters ignored, wildcards honoured."""
    return _closeness(documented, content_type) > 0


def media_for(documented: Sequence[Media], content_type: str) -> Media | None:
    """
    The documented media type that a content type means; the closest one wins.

    Exact before structured suffix (a documented ``application/json`` also covers
    ``application/problem+json``: it is JSON all the same) before ``application/*`` before ``*/*``.
    """
    best, found = 0, None
    for media in documented:
        closeness = _closeness(media.type, content_type)
        if closeness > best:
            best, found = closeness, media
    return found


@functools.lru_cache(maxsize=4096)
def _closeness(documented: str, content_type: str) -> int:
    wanted, kind = kind_of(documented), kind_of(content_type)
    if wanted == kind:
        return 4
    if not kind:
        return 0
    if wanted in ("*/*", "*"):
        return 1
    if wanted.endswith("/*"):
        return 2 if kind.startswith(wanted[:-1]) else 0
    return 3 if is_json(wanted) and is_json(kind) else 0


def content_of(response: Response) -> Any:
    """The body's JSON value where it is JSON and parses; its text otherwise."""
    if response.is_json or not response.media_type:
        try:
            return response.json()
        except ValueError:
            return response.text
    return response.text

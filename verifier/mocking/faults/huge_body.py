"""The body is far larger than any that the document could mean.

Imitates an export that forgot its limit. It is valid JSON; a client that reads all of it into
memory pays for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from msgspec.structs import replace

from verifier.mocking.fault import Play, bounded
from verifier.wire import Answer, Delivery

__all__ = ["Options", "after"]

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    How large.

    Args:
        megabytes: Of body, about (at most 256).
    """

    megabytes: int = bounded(64, least=1, most=256)


def after(play: Play, answer: Answer) -> Answer:
    """Answer at length; the client's pace is waited for."""
    kept = tuple(
        h for h in answer.headers if h[0].lower() not in ("content-type", "content-length")
    )
    return replace(
        answer,
        headers=(("Content-Type", "application/json"), *kept),
        body=_body(play.options.megabytes),
        delivery=Delivery(),
    )


@lru_cache(maxsize=1)
def _body(megabytes: int) -> bytes:
    row = b'{"filler": "' + b"x" * 1007 + b'"},\n'
    rows = megabytes * MEGABYTE // len(row)
    return b'{"data": [\n' + row * (rows - 1) + row[:-2] + b"\n]}"

"""A small compressed body becomes enormous when it is inflated.

Imitates an attack, or a column full of spaces. It inflates to at most one gigabyte of valid JSON,
about a thousandth of which is sent; it comes whether or not the client says that it takes gzip.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache

from msgspec.structs import replace

from verifier.mocking.fault import Play, bounded
from verifier.wire import Answer

__all__ = ["Options", "after"]

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    How large it becomes.

    Args:
        megabytes: Of inflated body (at most 1024).
    """

    megabytes: int = bounded(100, least=1, most=1024)


def after(play: Play, answer: Answer) -> Answer:
    """Answer with it."""
    gone = ("content-type", "content-length", "content-encoding")
    kept = tuple(h for h in answer.headers if h[0].lower() not in gone)
    headers = (("Content-Type", "application/json"), ("Content-Encoding", "gzip"), *kept)
    return replace(answer, headers=headers, body=_bomb(play.options.megabytes))


@lru_cache(maxsize=2)
def _bomb(megabytes: int) -> bytes:
    press = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    filler = b" " * MEGABYTE
    parts = [press.compress(b'{"data": [')]
    parts += [press.compress(filler) for _ in range(megabytes)]
    parts += [press.compress(b"]}"), press.flush()]
    return b"".join(parts)

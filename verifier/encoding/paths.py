"""Path templates: filled with values, and recognised again."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from urllib.parse import unquote

from verifier.encoding.faults import EncodeError

__all__ = ["expression", "fill_path", "match_path", "match_raw", "names_in"]

_VARIABLE = re.compile(r"\{([^{}]+)\}")
# A segment of dots is removed by clients and proxies (RFC 3986, 5.2.4), encoded or not; encoded
# is the best one can do.
_DOTS = {".": "%2E", "..": "%2E%2E"}


@functools.lru_cache(4096)
def names_in(template: str) -> tuple[str, ...]:
    """The variables of a template, in order; kept, for a document repeats most segments."""
    return tuple(_VARIABLE.findall(template))


def fill_path(template: str, values: Mapping[str, str]) -> str:
    """
    A path with its variables replaced.

    Args:
        values: Percent-encoded text for every variable.

    Raises:
        EncodeError: A value is missing, or empty: an empty one would address another resource.
    """

    def put(found: re.Match[str]) -> str:
        name = found.group(1)
        if not values.get(name):
            lack = "is empty" if name in values else "has no value"
            raise EncodeError(
                "path",
                f"path parameter '{name}' of {template} {lack}",
                mend=f"Give '{name}' under fixtures.",
            )
        return values[name]

    filled = _VARIABLE.sub(put, template.partition("?")[0])
    return "/".join(_DOTS.get(segment, segment) for segment in filled.split("/"))


def match_path(template: str, path: str) -> dict[str, str] | None:
    """
    The variables' values, percent-decoded, where a path fits a template; None where it does not.

    A variable covers one segment, or a part of one (``/a/{b}.json``), and is never empty.
    """
    raw = match_raw(template, path)
    return None if raw is None else {name: unquote(value) for name, value in raw.items()}


def match_raw(template: str, path: str) -> dict[str, str] | None:
    """The same with the values as they stand in the path, still percent-encoded."""
    names, compiled = expression(template.partition("?")[0])
    found = compiled.fullmatch(path)
    return dict(zip(names, found.groups(), strict=True)) if found else None


@functools.lru_cache(maxsize=8192)
def expression(template: str) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """A template's variables and the expression that recognises its paths, a group for each."""
    pieces = _VARIABLE.split(template)
    written = "".join(
        "([^/]+?)" if index % 2 else re.escape(piece) for index, piece in enumerate(pieces)
    )
    return tuple(pieces[1::2]), re.compile(written)

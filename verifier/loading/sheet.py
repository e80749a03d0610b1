"""One file of a document: its author's bytes, what they say, and where each value stands."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from verifier.errors import DocumentError
from verifier.loading import cache
from verifier.loading.json_lines import JsonLines, laid_out, written
from verifier.loading.json_places import JsonPlaces
from verifier.loading.json_text import (
    check_depth,
    json_data,
    json_outline,
    lost_a_key,
    whole_integers,
)
from verifier.loading.outline import Duplicate, Outline
from verifier.loading.text import clean
from verifier.model import Place

__all__ = ["Sheet", "read_sheet"]

MOST_DUPLICATES = 100


@dataclass(slots=True, kw_only=True, eq=False)
class Sheet:
    """
    One file, parsed.

    Args:
        location: Path or URL as the user gave it, or derived from it.
        format: ``json`` or ``yaml``.
        root: The value; every key is text, and nobody changes it.
        size_bytes: Of the author's bytes.
        duplicates: Keys that stand twice in one object (the last one is read).
        plain: What follows the value in a text that is else just what a machine makes of it: it is
            not kept, but made again when somebody asks for it. None is any other text.
    """

    location: str
    format: str
    root: Any = field(repr=False)
    size_bytes: int
    duplicates: tuple[Duplicate, ...] = ()
    plain: bytes | None = None
    _raw: bytes | None = field(default=None, repr=False)
    _text: bytes | None = field(default=None, repr=False)
    _digest: str = field(default="", repr=False)
    _outline: Outline | JsonPlaces | JsonLines | None = field(default=None, repr=False)

    @property
    def digest(self) -> str:
        """SHA-256 of the author's bytes, in hexadecimal."""
        if not self._digest:
            self._digest = hashlib.sha256(self.raw).hexdigest()
        return self._digest

    @property
    def raw(self) -> bytes:
        """The author's own bytes."""
        return self.text if self._raw is None else self._raw

    @property
    def text(self) -> bytes:
        """The same in UTF-8 without a byte order mark."""
        if self._text is None:
            return written(self.root) + (self.plain or b"")
        return self._text

    def place(self, path: str) -> Place:
        """
        File, line and column of a node of this file.

        The first call reads the file once more, as far as it must (some 0.1 s for each MB of YAML,
        a tenth of that for JSON); later ones only look up. What does not stand in the file has the
        place of its nearest ancestor.
        """
        if self._outline is None:
            self._outline = self._look()
        try:
            line, column = self._outline.find(path)
        except RecursionError:
            self._outline = _outline(self.format, self.text, self.location)
            line, column = self._outline.find(path)
        return Place(file=self.location, pointer=path, line=line, column=column)

    def _look(self) -> Outline | JsonPlaces | JsonLines:
        if self.plain is not None:
            return JsonLines(self.root)
        if self.format == "json" and not self.duplicates:
            return JsonPlaces(self.text)
        return _outline(self.format, self.text, self.location)

    def mapping(self) -> Mapping[str, Any]:
        """
        The root as an object.

        Raises:
            DocumentError: It is something else.
        """
        if isinstance(self.root, Mapping):
            return self.root
        kind = "a list" if isinstance(self.root, list) else "a single value"
        raise DocumentError(
            f"The document is {kind}, not an object",
            where=self.location,
            mend="An OpenAPI document starts with 'openapi: 3.x.y'; give that file.",
        )


def read_sheet(raw: bytes, location: str, *, strict: bool = False) -> Sheet:
    """
    Parse one file, JSON or YAML by its content.

    Args:
        location: What messages call it.
        strict: A key that stands twice is an error; otherwise it is noted in ``duplicates``.

    Raises:
        DocumentError: It cannot be read at all; says where and how to mend it.
    """
    text = clean(raw, location)
    sheet = _read_json(raw, text, location) or _read_yaml(raw, text, location)
    if strict and sheet.duplicates:
        twice = sheet.duplicates[0]
        raise DocumentError(
            f"'{twice.name}' stands twice, on line {twice.first_line} and {twice.second_line}",
            where=f"{location}:{twice.second_line}",
            mend="Keep one of the two.",
        )
    return sheet


def _read_json(raw: bytes, text: bytes, location: str) -> Sheet | None:
    start = text[:100].lstrip()
    if not start.startswith((b"{", b"[")):
        return None
    try:
        root = json_data(text, location)
    except DocumentError:
        # YAML may start with a brace, too; but JSON's errors are clearer where it is meant.
        if location.lower().endswith((".yaml", ".yml")) or start[1:].lstrip()[:1] not in b'"{[]}':
            return None
        raise
    # What is laid out as a machine does it holds no rounded number and no key twice.
    plain = laid_out(text, root)
    if plain is None:
        root = whole_integers(text, root, location)
    twice = plain is None and _lost_a_key(text, root, location)
    duplicates = _duplicates(json_outline(text)) if twice else ()
    return Sheet(
        location=location,
        format="json",
        root=root,
        size_bytes=len(raw),
        duplicates=duplicates,
        plain=plain,
        _raw=None if raw is text else raw,
        _text=text if plain is None else None,
    )


def _lost_a_key(text: bytes, root: Any, location: str) -> bool:
    try:
        return lost_a_key(text, orjson.dumps(root))
    except TypeError:
        # Nested beyond orjson's writer, or an integer beyond 64 bits: looked at the slow way.
        check_depth(root, location)
        return True


def _read_yaml(raw: bytes, text: bytes, location: str) -> Sheet:
    from verifier.loading.yaml_events import yaml_outline  # start-up time
    from verifier.loading.yaml_text import read_yaml  # start-up time

    digest = hashlib.sha256(text).hexdigest()
    root = cache.kept(digest, len(text))
    duplicates: tuple[Duplicate, ...] = ()
    if root is cache.MISSING:
        root, written, repeats = read_yaml(text, location)
        if repeats:
            duplicates = _duplicates(yaml_outline(text, location))
        else:
            cache.keep(digest, len(text), written)
    return Sheet(
        location=location,
        format="yaml",
        root=root,
        size_bytes=len(raw),
        duplicates=duplicates,
        _raw=None if raw is text else raw,
        _text=text,
        _digest=digest if raw is text else "",
    )


def _duplicates(outline: Outline) -> tuple[Duplicate, ...]:
    found = []
    for duplicate in outline.duplicates():
        found.append(duplicate)
        if len(found) == MOST_DUPLICATES:
            break
    return tuple(found)


def _outline(format: str, text: bytes, location: str) -> Outline:
    if format == "json":
        return json_outline(text)
    from verifier.loading.yaml_events import yaml_outline  # start-up time

    return yaml_outline(text, location)

"""Paths of fields, as a contract writes them: ``Contact.Name``, ``lines[].sku``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Part", "Path", "parse_path"]

PART = re.compile(r"((?:[^.\[\]\\]|\\.)+)(\[\])?(?:\.|$)")
ESCAPED = re.compile(r"\\(.)")
SPECIAL = re.compile(r"([.\[\]\\])")


class Part(NamedTuple):
    """One step of a path: a member's name, and whether it holds a list whose items are meant."""

    name: str
    many: bool = False


class Path(NamedTuple):
    """
    Where a field stands in a record; ``Path(())`` is the record itself.

    A dot inside of a name is written ``\\.``.
    """

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return ".".join(_escaped(p.name) + ("[]" if p.many else "") for p in self.parts)

    def __add__(self, other: Path) -> Path:  # type: ignore[override]
        return Path(self.parts + other.parts)

    @property
    def many(self) -> bool:
        """Whether it leads into a list."""
        return any(part.many for part in self.parts)

    @property
    def last(self) -> str:
        """The last name."""
        return self.parts[-1].name if self.parts else ""

    @property
    def parent(self) -> Path:
        """The path without its last step."""
        return Path(self.parts[:-1])

    @property
    def names(self) -> tuple[str, ...]:
        """The names alone."""
        return tuple(part.name for part in self.parts)

    def inside(self, outer: Path) -> bool:
        """Whether it stands at or below another."""
        return self.parts[: len(outer.parts)] == outer.parts

    def below(self, outer: Path) -> Path:
        """The rest of the path, seen from another that it stands below."""
        return Path(self.parts[len(outer.parts) :])


@lru_cache(maxsize=4096)
def parse_path(text: str) -> Path | None:
    """The path of a text; None where it is none."""
    parts = []
    at = 0
    while at < len(text):
        found = PART.match(text, at)
        if found is None:
            return None
        parts.append(Part(ESCAPED.sub(r"\1", found[1]), bool(found[2])))
        at = found.end()
    return Path(tuple(parts)) if parts and not text.endswith(".") else None


def _escaped(name: str) -> str:
    return SPECIAL.sub(r"\\\1", name)

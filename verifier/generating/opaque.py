"""Values that only the vendor hands out, and nobody can make up: ids, cursors, tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from verifier.model import Contract, Parameter, Schema
from verifier.sampling.names import words

__all__ = ["Opaque", "names_another"]

IDS = frozenset(("id", "ids", "uuid", "uuids", "guid", "guids", "gid", "gids", "sid", "sids"))
CURSORS = frozenset(("cursor", "continue", "continuation", "marker", "bookmark", "etag"))
TOKENS = re.compile(
    r"(page|next|sync|scroll).?(token|key|id)|(starting|ending).?(after|before)", re.IGNORECASE
)
SAYS_ID = re.compile(r"\b(?:ids?|identifiers?|uuids?|gids?|sids?)\b", re.IGNORECASE)
SHOWN = frozenset(("enum", "const", "example", "examples", "default"))
FIRST_WORDS = 60


def names_another(name: str) -> bool:
    """Whether the name of a member says that it holds the id of something."""
    return bool(IDS & set(words(name)[-1:]))


class Opaque:
    """Recognises them in one contract."""

    def __init__(self, contract: Contract) -> None:
        paging = contract.conventions_of("pagination")
        self._cursors = frozenset(c.detail.get("token") for c in paging if c.style == "cursor")

    def parameter(self, parameter: Parameter) -> bool:
        """Whether a parameter takes what an earlier answer gave; a path is another matter."""
        node = _node(parameter.schema)
        if parameter.location == "path" or "enum" in node or not _is_text(node):
            return False
        if self._is_cursor(parameter.name):
            return True
        return names_another(parameter.name) and not (parameter.examples or SHOWN & node.keys())

    def members(self, schema: Schema | None) -> frozenset[str]:
        """The names of the members at the top of a body that hold such a value."""
        known = schema.members() if schema is not None else {}
        return frozenset(name for name, member in known.items() if self._member(name, member))

    def _member(self, name: str, schema: Schema) -> bool:
        node = _node(schema)
        if SHOWN & node.keys():
            return names_another(name) and "enum" not in node
        said = SAYS_ID.search(str(node.get("description", ""))[:FIRST_WORDS])
        return names_another(name) or (_is_text(node) and said is not None)

    def _is_cursor(self, name: str) -> bool:
        known = bool(CURSORS & set(words(name))) or TOKENS.match(name) is not None
        return known or name in self._cursors


def _node(schema: Schema | None) -> Mapping[str, Any]:
    if schema is None:
        return {}
    try:
        node = schema.resolved().value
    except LookupError:
        return {}
    return node if isinstance(node, Mapping) else {}


def _is_text(node: Mapping[str, Any]) -> bool:
    kinds = node.get("type", "string")
    return "string" in (kinds if isinstance(kinds, list) else [kinds])

"""Links of a thing to itself: they lead back to the mock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from verifier.mocking.english import words
from verifier.mocking.kinds.kind import Kind
from verifier.mocking.kinds.schemas import node_of, types
from verifier.model import Schema

__all__ = ["full_names", "item_path", "links_of"]

NAMES = frozenset(("url", "self", "href", "uri", "selflink", "resourceurl", "apiurl", "link"))


def item_path(kind: Kind, path: Mapping[str, str]) -> str:
    """The path of a thing, percent-encoded; empty where it has none."""
    if not kind.template or any(not path.get(key) for key in kind.keys):
        return ""
    filled = kind.template
    for key in kind.keys:
        filled = filled.replace(f"{{{key}}}", quote(path[key], safe=""))
    return filled


def links_of(
    known: Mapping[str, Schema], given: Mapping[str, Any], base: str, path: str
) -> dict[str, str]:
    """
    The members that lead to a thing itself, with where they lead.

    Args:
        known: Members of the thing's schema.
        given: Members that were sent: they are not ours to set.
        base: Address of the mock.
        path: Of the thing.
    """
    found = {}
    for name, member in known.items():
        plain = "".join(words(name))
        if plain in NAMES and name not in given and path and "string" in types(member):
            node = node_of(member)
            example = str(node.get("example", ""))
            relative = plain == "uri" and (example.startswith("/") or not example)
            found[name] = path if relative and not example.startswith("http") else base + path
    return found


def full_names(
    kind: Kind, value: Mapping[str, Any], given: Mapping[str, Any], path: Mapping[str, str]
) -> dict[str, str]:
    """
    Members that name a thing with everything around it: ``octocat/hello`` of two variables.

    Args:
        value: A thing as it was made: such a member has as many parts as the path has variables.
    """
    if len(kind.keys) < 2:
        return {}
    whole = "/".join(path.get(key, "") for key in kind.keys)
    return {
        name: whole
        for name, told in value.items()
        if isinstance(told, str)
        and name not in given
        and told.count("/") == len(kind.keys) - 1
        and ":" not in told
        and not told.startswith("/")
    }

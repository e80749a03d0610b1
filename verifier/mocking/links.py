"""Links of a thing to itself: they lead back to the mock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from verifier.mocking.english import words
from verifier.mocking.kinds.kind import Kind
from verifier.mocking.kinds.schemas import node_of, types
from verifier.model import Schema

__all__ = ["full_names", "item_path", "links_in", "links_of"]

NAMES = frozenset(("url", "self", "href", "uri", "selflink", "resourceurl", "apiurl", "link"))


def item_path(kind: Kind, path: Mapping[str, str]) -> str:
    """The path of a thing, percent-encoded; empty where it has none."""
    filled = kind.template
    for key in kind.keys:
        told = path.get(key)
        if not told:
            return ""
        told = told if told.isascii() and told.isalnum() else quote(told, safe="")
        filled = filled.replace(f"{{{key}}}", told)
    return filled


def links_in(known: Mapping[str, Schema]) -> dict[str, bool]:
    """The members of a schema that lead to a thing itself, with whether by a path alone."""
    found = {}
    for name, member in known.items():
        plain = "".join(words(name))
        if plain in NAMES and "string" in types(member):
            example = str(node_of(member).get("example", ""))
            found[name] = plain == "uri" and (example.startswith("/") or not example)
    return found


def links_of(
    links: Mapping[str, bool], given: Mapping[str, Any], base: str, path: str
) -> dict[str, str]:
    """
    The members that lead to a thing itself, with where they lead.

    Args:
        links: Of the thing's schema, as ``links_in`` finds them.
        given: Members that were sent: they are not ours to set.
        base: Address of the mock.
        path: Of the thing; empty where it has none.
    """
    if not path:
        return {}
    return {
        name: path if bare else base + path for name, bare in links.items() if name not in given
    }


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

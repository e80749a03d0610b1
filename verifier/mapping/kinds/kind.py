"""What a field can mean: how a value is read from JSON, and how it is written there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from verifier.loading.declaration import Member
from verifier.mapping.nouns import Meaning, Path
from verifier.mapping.shapes import Facts

__all__ = ["Peer", "ValueKind", "Way", "hidden", "json_types"]

Peer = Callable[[Path], Callable[[Any], Any]]
Way = Callable[[Any, Any], Any]


def hidden(value: Any) -> str:
    """Nothing of a value but how long it is."""
    return "•" * min(len(str(value)), 12)


class ValueKind(Struct, frozen=True, kw_only=True, eq=False):
    """
    One meaning; its name is its file's, its help the file's docstring.

    Args:
        typed: The type of value between reading and writing: ``text``, ``number``, ``date`` ...
        members: What may be said about it in a contract, beside ``kind``.
        parse: Meaning, schema and peer to a function (value, run) that reads; raises Trouble. The
            peer makes a reader of another field of the same record, such as the currency.
        write: Likewise to a function that writes.
        types: JSON types in which it may stand, given what is said about it.
        personal: Whether it tells who somebody is; examples are masked by ``mask`` then.
        normal: Whether reading and writing levels what is written in several ways.
    """

    typed: str
    members: Mapping[str, Member] = field(default_factory=dict)
    parse: Callable[[Meaning, Facts, Peer], Way]
    write: Callable[[Meaning, Facts, Peer], Way]
    types: Callable[[Mapping[str, Any]], tuple[str, ...]]
    personal: bool = False
    mask: Callable[[Any], str] = hidden
    normal: bool = False


def json_types(*names: str) -> Callable[[Mapping[str, Any]], tuple[str, ...]]:
    """The same JSON types, whatever is said."""
    return lambda given: names

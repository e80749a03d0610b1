"""The part of a contract that says how two records are known to be the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mapping.contract.written import Placed
from verifier.mapping.nouns import KeyPart, Match

__all__ = ["read_match"]

WORDS = (
    "on_many",
    "on_duplicate_in_one_side",
    "on_same_key_different_name",
    "on_key_change",
    "on_orphan",
)


def read_match(given: Placed) -> Match:
    """The match of what the declaration has read."""
    values = {name: one.value for name, one in given.value.items()}
    link = values.get("link")
    return Match(
        link=_link(link) if link is not None else None,
        store=link.value.get("store", "") if link is not None else "",
        keys=tuple(tuple(_part(part) for part in tier) for tier in values.get("keys", ())),
        redirect=values["redirect"].value if "redirect" in values else None,
        on={**_words(values), **_sides(values)},
        place=given.place,
        places={name: one.place for name, one in given.value.items()},
    )


def _link(given: Placed) -> KeyPart:
    return KeyPart(
        source=given.value["source"].value, target=given.value["target"].value, place=given.place
    )


def _part(given: Placed) -> KeyPart:
    values = {name: one.value for name, one in given.value.items()}
    return KeyPart(
        source=values["source"].value,
        target=values["target"].value,
        norm=values.get("norm", ()),
        place=given.place,
    )


def _words(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: values[name] for name in WORDS if name in values}


def _sides(values: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    none = values.get("on_none")
    if isinstance(none, str):
        found["on_none.source_only"] = none
    elif none:
        found.update({f"on_none.{side}": word for side, word in none.items()})
    for side, word in values.get("on_deleted", {}).items():
        found[f"on_deleted.{side}"] = word
    return found

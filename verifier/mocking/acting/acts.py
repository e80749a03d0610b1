"""Which act an operation is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from verifier.mocking.acting.changing import change, replace_with
from verifier.mocking.acting.creating import create
from verifier.mocking.acting.listing import list_all
from verifier.mocking.acting.moving import move
from verifier.mocking.acting.reading import read
from verifier.mocking.acting.removing import remove
from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked
from verifier.mocking.kinds import Kind
from verifier.mocking.outcome import Nothing, Outcome, Plain
from verifier.mocking.refusal import Refusal

__all__ = ["act", "plain"]

Act = Callable[[Shop, Asked, Kind], Outcome | Refusal]

ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "create": create,
        "list": list_all,
        "search": list_all,
        "read": read,
        "update": change,
        "replace": replace_with,
        "delete": remove,
        "action": move,
    }
)


def act(shop: Shop, asked: Asked) -> Outcome | Refusal:
    """Do what was asked."""
    kind, role = asked.practice.kind, asked.practice.role
    if kind is None or not role:
        return plain(asked)
    call = asked.practice.call
    if call is not None and not _named_by(asked, kind):
        return plain(asked)
    missing = shop.parent_missing(asked)
    if missing is not None:
        return shop.gone(missing)
    if role == "create" and call is not None and kind.own in asked.own_path:
        # What is opened where it is named was there before.
        return read(shop, asked, kind)
    if role == "create" and _names_it(asked, kind):
        # A PUT at the place of one thing makes it once, and changes it from then on.
        return replace_with(shop, asked, kind)
    return ACTS[role](shop, asked, kind)


def _named_by(asked: Asked, kind: Kind) -> bool:
    """Whether a call names what it is about: a thing, or its place; or need not."""
    if asked.role in ("create", "list", "search") or kind.made_up:
        return True
    return bool(asked.path) and (
        bool(asked.practice.variables) or asked.own_path.keys() >= set(kind.keys)
    )


def _names_it(asked: Asked, kind: Kind) -> bool:
    """Whether a thing is put at a path that whoever asks chose."""
    if asked.operation.method != "PUT":
        return False
    own = asked.practice.places.get(kind.own, "") if kind.own else ""
    return own in asked.path


def plain(asked: Asked) -> Outcome:
    """What is about nothing that is kept."""
    if asked.practice.media is None:
        return Nothing()
    return Plain(says=dict(asked.body) if asked.operation.method != "GET" else {})

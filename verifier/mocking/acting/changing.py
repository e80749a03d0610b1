"""Things change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mocking.acting.creating import make
from verifier.mocking.acting.merging import settle
from verifier.mocking.acting.patching import is_patch, patched
from verifier.mocking.acting.preconditions import stale
from verifier.mocking.acting.references import unknown_reference
from verifier.mocking.acting.shop import Shop
from verifier.mocking.acting.writing import given_things, writable
from verifier.mocking.asked import Asked
from verifier.mocking.documented import tells
from verifier.mocking.kinds import Kind
from verifier.mocking.outcome import Shown
from verifier.mocking.refusal import Refusal
from verifier.mocking.stamps import is_stamp
from verifier.mocking.state import Row

__all__ = ["change", "replace_with"]


def change(shop: Shop, asked: Asked, kind: Kind) -> Shown | Refusal:
    """Write the given members over the old ones."""
    row = shop.find(asked, kind)
    if row is None:
        return shop.gone(kind)
    given = _given(asked, row)
    if isinstance(given, Refusal):
        return given
    return _write(shop, asked, kind, row, given)


def replace_with(shop: Shop, asked: Asked, kind: Kind) -> Shown | Refusal:
    """Write a thing as a whole; it is new where the API makes things so."""
    row = shop.find(asked, kind)
    given = next(iter(given_things(asked)), {})
    if row is None:
        return _made(shop, asked, kind, given)
    if asked.incoming.header("if-none-match") == "*":
        return Refusal(status=412, code="exists", says="It is there already.")
    return _write(shop, asked, kind, row, {**_reset(shop, asked, kind, row, given), **given})


def _made(shop: Shop, asked: Asked, kind: Kind, given: Mapping[str, Any]) -> Shown | Refusal:
    elsewhere = kind.resource.create not in ("", asked.operation.key)
    if elsewhere and not tells(asked.operation, 201):
        return shop.gone(kind)
    if asked.incoming.header("if-match") is not None:
        return Refusal(status=412, code="stale", says="It is not there.")
    refused = unknown_reference(shop, asked, kind, given)
    return refused or Shown(rows=(make(shop, asked, kind, given),), created=True)


def _given(asked: Asked, row: Row) -> Mapping[str, Any] | Refusal:
    """The members that a body gives, whichever way it says them."""
    body = asked.draft.body
    if is_patch(body) or (isinstance(body, list) and "json-patch" in asked.draft.media_type):
        return patched(row.value, body)
    return next(iter(given_things(asked)), {})


def _write(
    shop: Shop, asked: Asked, kind: Kind, row: Row, given: Mapping[str, Any]
) -> Shown | Refusal:
    refused = stale(asked, row) or unknown_reference(shop, asked, kind, given)
    if refused is not None:
        return refused
    if not shop.hooks.any("forgets", asked):
        told = shop.hooks.through("stored", asked, writable(shop, asked, given))
        settle(shop, kind, row, kind.without_id(told), deep=_merges(asked))
    return Shown(rows=(row,))


def _merges(asked: Asked) -> bool:
    """Whether objects are merged into the old ones: by their media type, and as forms are."""
    kind = asked.draft.media_type
    return "merge-patch" in kind or "form-urlencoded" in kind


def _reset(
    shop: Shop, asked: Asked, kind: Kind, row: Row, given: Mapping[str, Any]
) -> dict[str, Any]:
    """What is absent from a whole thing is as it was before anybody gave it."""
    mold = shop.making.mold(kind)
    if mold is None:
        return {}
    fresh, _ = mold.fill({}, shop.now())
    return {
        name: fresh.get(name)
        for name in row.value
        if name in asked.practice.given
        and name not in given
        and not is_stamp(name)
        and name not in mold.sealed
    }

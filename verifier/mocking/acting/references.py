"""Ids of other things in a body: they must be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked
from verifier.mocking.english import one_of
from verifier.mocking.kinds import Kind
from verifier.mocking.refusal import Refusal
from verifier.model import Operation, Reference, Schema
from verifier.validating import Direction, validator

__all__ = ["is_id", "references_to", "unknown_reference"]

SUREST = 0.7
TELLING = frozenset(("400", "404", "409", "422", "4XX", "DEFAULT"))


def references_to(kind: Kind) -> Iterator[Reference]:
    """The references of a kind that are sure enough to be acted upon."""
    return (r for r in kind.resource.references if r.confidence >= SUREST)


def _can_be_said(operation: Operation) -> bool:
    return any(spec.status.upper() in TELLING for spec in operation.responses)


def _is_otherwise_named(shop: Shop, target: Kind, given: str | int) -> bool:
    """
    Whether a text can be no id, since those are numbers: an image is named by its slug, too; or a
    number can be none, since those are texts.
    """
    if isinstance(shop.making.like(target), int):
        return isinstance(given, str) and not given.isdecimal()
    return isinstance(given, int)


def _can_hold(shop: Shop, member: Schema | None, target: Kind) -> bool:
    """Whether a member may hold an id of a kind: if not, it was taken for a reference in error."""
    return member is None or validator(member, Direction.REQUEST).accepts(shop.making.like(target))


def is_id(value: Any) -> TypeGuard[str | int]:
    """Whether a value may be somebody's id: a text, or a whole number."""
    return isinstance(value, (str, int)) and not isinstance(value, bool) and value != ""


def unknown_reference(
    shop: Shop, asked: Asked, kind: Kind, thing: Mapping[str, Any]
) -> Refusal | None:
    """
    Why a thing cannot be made or changed: it refers to something that is not there.

    Where the document offers no way to say so, references are taken as they come.
    """
    if not kind.resource.references or not _can_be_said(asked.operation):
        return None
    for reference in references_to(kind):
        name = reference.field.strip("/")
        given = thing.get(name)
        target = shop.practices.kinds.named(reference.resource)
        if not is_id(given) or target is None or not target.creatable:
            continue
        if not _can_hold(shop, asked.practice.given.get(name), target):
            continue
        if _is_otherwise_named(shop, target, given):
            continue
        shop.seeds.grow(target, asked)
        if shop.state.get(target.name, str(given), asked.caller.tenant) is None:
            says = f"{reference.field}: there is no {one_of(target.name)} of the id {given}."
            return Refusal(status=422, code="unknown_reference", says=says)
    return None

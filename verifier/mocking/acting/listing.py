"""Things are told, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verifier.mocking.acting.filtering import Filter, filters_of
from verifier.mocking.acting.preconditions import http_date
from verifier.mocking.acting.shop import Shop
from verifier.mocking.acting.sorting import Sorting, sorting_of
from verifier.mocking.asked import Asked
from verifier.mocking.kinds import Kind
from verifier.mocking.outcome import Listed
from verifier.mocking.paging import Pager, pager_of
from verifier.mocking.state import Row
from verifier.model import Contract, Operation

__all__ = ["Listing", "list_all", "listing_of"]

NESTED = ("id", "login", "name", "slug", "key", "username", "uuid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """
    How one list is filtered, sorted and cut.

    Args:
        by_header: Whether ``If-Modified-Since`` asks for what changed.
    """

    pager: Pager
    filters: tuple[Filter, ...]
    sorting: Sorting
    by_header: bool = False


def list_all(shop: Shop, asked: Asked, kind: Kind) -> Listed:
    """The page that was asked for, of the things that the filters leave."""
    shop.seeds.grow(kind, asked)
    how = _how(shop, asked, kind)
    query = asked.draft.query
    if how.pager.in_body:
        query = {**query, **asked.body}
    tests = _tests(how, query) if how.filters and shop.hooks.all("filters", asked) else ()
    path = asked.own_path
    beside: tuple[str, ...] = ()
    if asked.path:
        known = asked.practice.places.values()
        beside = tuple(value for name, value in asked.path.items() if name not in known)
    since = _since(how, asked)
    rows = list(shop.state.all(kind.name, asked.caller.tenant, path))
    if tests or beside or since is not None:
        rows = [
            row
            for row in rows
            if all(test(row) for test in tests)
            and all(_names(row, value) for value in beside)
            and (since is None or row.changed >= since)
        ]
    rows = shop.hooks.through("listed", asked, how.sorting.apply(rows, query))
    page = how.pager.cut(rows, query)
    return Listed(page=shop.hooks.through("paged", asked, page, rows), pager=how.pager)


def _how(shop: Shop, asked: Asked, kind: Kind) -> Listing:
    known = shop.listings.get(asked.operation.key)
    if known is None:
        known = shop.listings[asked.operation.key] = listing_of(
            shop.contract, asked.operation, kind
        )
    return known


def listing_of(contract: Contract, operation: Operation, kind: Kind) -> Listing:
    """How a list is told."""
    pager = pager_of(operation, contract.conventions)
    since = [
        name
        for convention in contract.conventions
        if convention.kind == "changed-since" and convention.style == "filter"
        for name in convention.detail.get("names", ())
    ]
    return Listing(
        pager=pager,
        filters=filters_of(operation, kind, since, pager.parameters),
        sorting=sorting_of(operation, kind),
        by_header=any(
            p.name.lower() == "if-modified-since" for p in operation.parameters_in("header")
        ),
    )


def _tests(how: Listing, query: Mapping[str, Any]) -> Sequence[Any]:
    found = []
    for one in how.filters:
        if one.name in query:
            found.append(_bound(one, query[one.name]))
        elif one.default is not None:
            found.append(_bound(one, one.default, lax=True))
    return found


def _bound(one: Filter, wanted: Any, *, lax: bool = False) -> Any:
    if not lax:
        return lambda row: one.test(row, wanted)
    return lambda row: row.value.get(one.member) is None or one.test(row, wanted)


def _since(how: Listing, asked: Asked) -> float | None:
    """The time that a header asks for changes since (Xero lists so); None where it does not."""
    told = asked.incoming.header("if-modified-since") if how.by_header else None
    return http_date(told) if told else None


def _names(row: Row, value: str) -> bool:
    """Whether a row belongs to what a path names beside its own variables."""
    if value in row.path.values():
        return True
    for held in row.value.values():
        if isinstance(held, Mapping):
            if any(str(held.get(name)) == value for name in NESTED):
                return True
        elif isinstance(held, str) and held == value:
            return True
    return False

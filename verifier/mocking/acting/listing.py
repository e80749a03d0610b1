"""Things are told, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from verifier.mocking.acting.filtering import Filter, Stays, filters_of
from verifier.mocking.acting.preconditions import http_date
from verifier.mocking.acting.shop import Chosen, Shop
from verifier.mocking.acting.sorting import Sorting, sorting_of
from verifier.mocking.asked import Asked
from verifier.mocking.kinds import Kind
from verifier.mocking.outcome import Listed
from verifier.mocking.paging import Pager, pager_of
from verifier.mocking.state import Row
from verifier.model import Contract, Operation

__all__ = ["Listing", "chosen", "list_all", "listing_of", "understood"]

MOST_CHOSEN = 16
NESTED = ("id", "login", "name", "slug", "key", "username", "uuid")


class Listing(Struct, frozen=True, kw_only=True):
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
    rows = shop.hooks.through("listed", asked, _rows(shop, asked, kind, how, query))
    page = how.pager.cut(rows, query)
    return Listed(page=shop.hooks.through("paged", asked, page, rows), pager=how.pager)


def chosen(shop: Shop, asked: Asked, kind: Kind) -> Sequence[Row]:
    """The things that a request's filters leave, on whatever page."""
    shop.seeds.grow(kind, asked)
    return _chosen(shop, asked, kind, _how(shop, asked, kind), asked.draft.query)


def understood(shop: Shop, asked: Asked, kind: Kind) -> bool:
    """Whether all texts that narrow a request are filters: what they leave is what is meant."""
    known = {one.name for one in _how(shop, asked, kind).filters}
    given = asked.draft.query
    return all(name in known for name, value in given.items() if isinstance(value, str))


def _rows(
    shop: Shop, asked: Asked, kind: Kind, how: Listing, query: Mapping[str, Any]
) -> Sequence[Row]:
    """What a list is made of; what was looked through is remembered until anything is done."""
    key, draft, tenant = asked.operation.key, asked.draft, asked.caller.tenant
    known = shop.chosen.get(key)
    if known is not None and known.draft is draft and known[1:3] == (tenant, shop.state.version):
        return known.rows
    rows = _chosen(shop, asked, kind, how, query)
    if isinstance(rows, list) and not shop.hooks.has("filters"):
        if len(shop.chosen) >= MOST_CHOSEN:
            shop.chosen.clear()
        shop.chosen[key] = Chosen(draft, tenant, shop.state.version, rows)
    return rows


def _chosen(
    shop: Shop, asked: Asked, kind: Kind, how: Listing, query: Mapping[str, Any]
) -> Sequence[Row]:
    """The things that the filters leave, in the order that was asked for."""
    filtered = bool(how.filters) and shop.hooks.all("filters", asked)
    tests: list[Stays] = list(_tests(how, query)) if filtered else []
    path: Mapping[str, str] = {}
    if asked.path:
        path, known = asked.own_path, asked.practice.places.values()
        beside = [value for name, value in asked.path.items() if name not in known]
        tests += [partial(_names, value) for value in beside]
    since = _since(asked) if how.by_header else None
    place = _place(kind, path) if path else ""
    rows: Sequence[Row] = shop.state.all(kind.name, asked.caller.tenant, path, place)
    for test in tests:
        rows = [row for row in rows if test(row)]
    if since is not None:
        rows = [row for row in rows if row.changed >= since]
    return how.sorting.apply(rows, query)


def _place(kind: Kind, path: Mapping[str, str]) -> str:
    """Where all things of a path are, if they are in one place (``Row.place``)."""
    around = kind.around
    if len(path) != len(around) or not all(key in path for key in around):
        return ""
    place = "/".join([path[key] for key in around])
    return place if place.count("/") == len(around) - 1 else ""


def _how(shop: Shop, asked: Asked, kind: Kind) -> Listing:
    known = shop.listings.get(asked.operation.key)
    if known is None:
        known = shop.listings[asked.operation.key] = listing_of(
            shop.contract, asked.operation, kind
        )
    return known


def listing_of(contract: Contract, operation: Operation, kind: Kind) -> Listing:
    """How a list is told."""
    call = kind.resource.calls.get(operation.key)
    naming = call.arguments.values() if call is not None else ()
    pager = pager_of(operation, contract.conventions_of("pagination"))
    since = [
        name
        for convention in contract.conventions_of("changed-since")
        if convention.style == "filter"
        for name in convention.detail.get("names", ())
    ]
    return Listing(
        pager=pager,
        filters=filters_of(operation, kind, since, pager.parameters.union(naming)),
        sorting=sorting_of(operation, kind),
        by_header=any(
            p.name.lower() == "if-modified-since" for p in operation.parameters_in("header")
        ),
    )


def _tests(how: Listing, query: Mapping[str, Any]) -> Iterator[Stays]:
    for one in how.filters:
        if one.name in query:
            test = one.bind(query[one.name])
        else:
            test = _lax(one, one.bind(one.default)) if one.default is not None else None
        if test is not None:
            yield test


def _lax(one: Filter, test: Stays | None) -> Stays | None:
    """The same, and rows that know nothing of it stay."""
    if test is None:
        return None
    return lambda row: row.value.get(one.member) is None or test(row)


def _since(asked: Asked) -> float | None:
    """The time that a header asks for changes since (Xero lists so); None where it does not."""
    told = asked.incoming.header("if-modified-since")
    return http_date(told) if told else None


def _names(value: str, row: Row) -> bool:
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

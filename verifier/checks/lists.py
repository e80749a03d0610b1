"""Lists with enough in them to be looked at."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from verifier.checks.paging import Walk, pagination_of, size_of, walk
from verifier.model import Create, Draw, Missing, Resource, Row, Send, Step, Vendor

__all__ = ["listed_in_pages", "sized_in_pages", "spread", "up_to_date"]

PAGE = 100
MOST_PAGES = 3


def listed_in_pages(resource: Resource, vendor: Vendor) -> str:
    """Why a resource has no list in pages; empty where it has one."""
    if not resource.list:
        return "no operation lists it"
    paged = pagination_of(vendor.contract, resource.list)
    return "" if paged else "the document does not say that its list comes in pages"


def sized_in_pages(resource: Resource, vendor: Vendor) -> str:
    """Why the size of a page of its list cannot be chosen; empty where it can."""
    against = listed_in_pages(resource, vendor)
    if against:
        return against
    sized = size_of(vendor.contract, resource.list)
    return "" if sized else "the size of its pages cannot be chosen"


def up_to_date(resource: Resource, row: Row, name: str, value: Any) -> Generator[Step, Any, None]:
    """Go on only where an item itself does not have a value that its row lacks, too."""
    id = resource.id_of(row)
    if not resource.read or id is None:
        return
    drawn = yield Draw(operation=resource.read, path={resource.id_parameter: id})
    read = yield Send(drawn.request)
    if read.succeeded and (resource.item_in(read.value) or {}).get(name) == value:
        yield Missing(
            reason="the list shows older values than the items have",
            supply="a list that is up to date; see reach.list-agrees-with-item",
        )


def spread(vendor: Vendor, resource: Resource, least: int) -> Generator[Step, Any, Walk]:
    """
    Read a list that has at least so many items, some created for it where there are fewer.

    Goes on only where there are two at least: else nothing can be told from their order.
    """
    seen = yield from walk(vendor.contract, resource, size=PAGE, most=MOST_PAGES)
    if len(seen.rows) < least and resource.create and vendor.writable:
        for _ in range(least - len(seen.rows)):
            yield Create(resource=resource.name)
        seen = yield from walk(vendor.contract, resource, size=PAGE, most=MOST_PAGES)
    if seen.pages and not seen.pages[-1].succeeded:
        yield Missing(
            reason=f"the list cannot be read: {seen.pages[-1].answer}",
            supply="a principal that may read it",
        )
    if len(seen.rows) < 2:
        yield Missing(
            reason=f"there are fewer than two {resource.name}",
            supply="more of them in the sandbox, or --allow-writes",
        )
    return seen

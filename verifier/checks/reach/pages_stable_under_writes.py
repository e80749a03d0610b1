"""
What is created or deleted while a list is walked loses and repeats no other item.

Why it matters
    A list of a living system is never read undisturbed. Where pages are cut by counting, each new
    record at the front pushes one across the edge of a page, to be read twice, and each deletion
    pulls one back, to be missed.

How it asks
    It creates six items and walks the list in small pages, twice: once another is created after
    the first page, once an item of ours that the first page showed is deleted. Every item that
    was there all the time must be seen once.

Limits
    Lists of more than three hundred items are not walked. Where the document cuts pages by number
    or offset this cannot be otherwise, and is a warning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from math import ceil
from typing import Any

from verifier.checks.lists import listed_in_pages, spread
from verifier.checks.paged import PAGED, Items, PagedShelf
from verifier.checks.paging import Walk, pagination_of, walk
from verifier.model import (
    Create,
    Draw,
    Effect,
    Exchange,
    Finding,
    Flow,
    Item,
    Level,
    Missing,
    Question,
    Resource,
    Send,
    Severity,
    Step,
    Vendor,
    check,
)

OURS = 6
PAGES = 4
MOST_PAGES = 12


def _applies(resource: Resource, vendor: Vendor) -> str:
    against = listed_in_pages(resource, vendor)
    return against or ("" if resource.create else "nothing can be created in it")


@check(
    question=Question.REACH,
    severity=Severity.MAJOR,
    effect=Effect.WRITE,
    source="common practice; the document's own pagination",
    catches="page-shifts-on-insert",
    price=30,
    applies=_applies,
)
def pages_stable_under_writes(resource: Resource, vendor: Vendor) -> Flow:
    ours: list[Item] = []
    while len(ours) < OURS:
        ours.append((yield Create(resource=resource.name)).item)
    whole = yield from spread(vendor, resource, OURS)
    if not whole.ended:
        yield Missing(reason="the list is too long to be walked here", supply="a smaller sandbox")
    size = ceil(len(whole.rows) / PAGES)
    before = {str(resource.id_of(row)) for row in whole.rows}

    def insert(first: Exchange) -> Generator[Step, Any, None]:
        yield Create(resource=resource.name)

    def delete(first: Exchange) -> Generator[Step, Any, None]:
        shown = {str(resource.id_of(row)) for row in resource.rows_in(first.value)}
        for item in [item for item in ours if item.id in shown][:1]:
            drawn = yield Draw(operation=resource.delete, path=item.path)
            if (yield Send(drawn.request)).succeeded:
                before.discard(item.id)

    findings = []
    for meanwhile in (insert, delete) if resource.delete else (insert,):
        seen = yield from walk(
            vendor.contract, resource, size=size, most=MOST_PAGES, meanwhile=meanwhile
        )
        findings += _moved(resource, vendor, seen, before, meanwhile.__name__)
    if findings:
        quiet = yield from walk(vendor.contract, resource, size=size, most=MOST_PAGES)
        if not quiet.ended or _moved(resource, vendor, quiet, before, "insert"):
            yield Missing(
                reason="pages are wrong, or end early, even when nothing happens",
                supply="pages that are right; see reach.pages-complete",
            )
    return findings


def _moved(
    resource: Resource, vendor: Vendor, seen: Walk, before: set[str], act: str
) -> list[Finding]:
    counted = Counter(str(resource.id_of(row)) for row in seen.rows)
    twice = [id for id in before if counted[id] > 1]
    lost = [id for id in before if not counted[id]] if seen.ended else []
    if not (twice or lost) or len(seen.pages) < 2:
        return []
    paged = pagination_of(vendor.contract, resource.list)
    inherent = paged is not None and paged.style in ("offset", "page")
    happened = {"insert": "an item was created", "delete": "an item was deleted"}[act]
    told = [f"{len(twice)} twice"] * bool(twice) + [f"{len(lost)} not at all"] * bool(lost)
    return [
        Finding(
            says=f"While {happened}, walking the pages of {resource.name} "
            f"{'repeated' if twice else 'lost'} others.",
            signature=f"pages-shift-on-{act}",
            operation=resource.list,
            evidence=seen.evidence,
            expected="every item that was there all the time, once",
            seen=" and ".join(told),
            level=Level.WARNING if inherent else Level.FAIL,
            ask="Offer a cursor that goes on after the last item shown.",
            build="Read lists oldest first where that can be chosen, overlap what is read by a "
            "page, and tell items apart by their id.",
        )
    ]


pages_stable_under_writes.healthy(PagedShelf, document=PAGED)


@pages_stable_under_writes.broken(document=PAGED)
class Counting(PagedShelf):
    """Has cursors that are row numbers in disguise."""

    def cursor(self, page: Items, end: int) -> str:
        """How many rows were shown."""
        return str(end)

    def start(self, rows: Items, cursor: str) -> int:
        """After so many, whichever they are by now."""
        return int(cursor or 0)

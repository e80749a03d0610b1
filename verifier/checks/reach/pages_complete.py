"""
Walking a list from page to page shows every item once, and comes to an end.

Why it matters
    What is copied is read page by page. An item that falls between two pages is missing from our
    books for ever, and one that is shown twice is booked twice.

How it asks
    It reads the list in few large pages, and again in three small ones, and compares. It creates
    items where there are too few, and reads what is missing by its id.

Limits
    Of a list of more than three hundred items only the first pages are judged. Where the size of a
    page cannot be chosen, a list that fits on one shows nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from math import ceil
from typing import Any

from verifier.checks.lists import listed_in_pages, spread
from verifier.checks.paged import PAGED, PAGED_BY_OBJECT, PagedByObject, PagedShelf
from verifier.checks.paging import Walk, walk
from verifier.model import (
    Draw,
    Effect,
    Finding,
    Flow,
    Missing,
    Question,
    Resource,
    Send,
    Severity,
    Step,
    Vendor,
    check,
)

PAGES, MOST_PAGES, MOST_NAMED = 3, 8, 5
TOTALS = ("total", "total_count", "totalCount", "total_items", "totalItems", "total_results")


@check(
    question=Question.REACH,
    severity=Severity.BLOCKER,
    effect=Effect.READ,
    source="the document's own pagination; RFC 8288, 3.3 (next)",
    catches=("page-repeats", "page-skips", "page-loops"),
    price=18,
    applies=listed_in_pages,
)
def pages_complete(resource: Resource, vendor: Vendor) -> Flow:
    whole = yield from spread(vendor, resource, PAGES)
    size = ceil(len(whole.rows) / PAGES)
    small = yield from walk(vendor.contract, resource, size=size, most=MOST_PAGES)
    if len(small.pages) < 2 and not small.again:
        yield Missing(
            reason="all items are on one page, whose size cannot be chosen",
            supply="more items in the sandbox",
        )
    findings = [*_walked(resource, small), *_walked(resource, whole)][:1]
    if whole.ended and small.ended:
        findings += yield from _missing(resource, whole, small)
        findings += _total(resource, whole)
    return findings


def _walked(resource: Resource, seen: Walk) -> list[Finding]:
    """What is wrong with one walk alone."""
    if seen.again:
        what = "A page leads to one that was read before: whoever walks the list never ends."
        return [_finding(resource, "loops", what, seen.evidence, "the same page again")]
    ids = Counter(resource.id_of(row) for row in seen.rows)
    twice = [str(id) for id, count in ids.items() if count > 1 and id is not None]
    if not twice:
        return []
    says = f"Walking the pages of {resource.name} shows items twice."
    return [_finding(resource, "repeats", says, seen.evidence, _named(twice))]


def _missing(resource: Resource, whole: Walk, small: Walk) -> Generator[Step, Any, list[Finding]]:
    """What only one of the two walks showed, and is there."""
    shown = {resource.id_of(row) for row in small.rows}
    gone = [id for row in whole.rows if (id := resource.id_of(row)) not in shown and id]
    lost, evidence = [], []
    for id in gone[:MOST_NAMED] if resource.read else ():
        path = {**whole.path, resource.id_parameter: id}
        drawn = yield Draw(operation=resource.read, path=path)
        read = yield Send(drawn.request)
        evidence.append(read.id)
        lost += [str(id)] if read.succeeded else []
    if not lost:
        return []
    says = f"Walking the pages of {resource.name} leaves items out."
    return [_finding(resource, "skips", says, (*small.evidence, *evidence), _named(lost))]


def _total(resource: Resource, whole: Walk) -> list[Finding]:
    """A total that is stated beside the items, and is another."""
    value = whole.pages[-1].value if whole.pages else None
    stated = {n: value[n] for n in TOTALS if isinstance(value, dict) and type(value.get(n)) is int}
    wrong = [f"{name}: {said}" for name, said in stated.items() if said != len(whole.rows)]
    if not wrong:
        return []
    says = f"The total that is stated for {resource.name} is not how many there are."
    return [_finding(resource, "total", says, whole.evidence, f"{wrong[0]}; {len(whole.rows)}")]


def _finding(
    resource: Resource, kind: str, says: str, evidence: tuple[str, ...], seen: str
) -> Finding:
    return Finding(
        says=says,
        signature=f"pages-{kind}",
        operation=resource.list,
        evidence=evidence,
        expected="every item once, and an end",
        seen=seen,
        ask="Go on after the last item shown, in an order that is the same for every page.",
        build="Tell items apart by their id, and compare what was read with a second way to count.",
    )


def _named(ids: list[str]) -> str:
    return ", ".join(ids[:MOST_NAMED]) + (" …" if len(ids) > MOST_NAMED else "")


pages_complete.healthy(PagedShelf, document=PAGED)
pages_complete.healthy(PagedByObject, document=PAGED_BY_OBJECT)


@pages_complete.broken(document=PAGED)
class Again(PagedShelf):
    """Begins a page with the last item of the one before."""

    def start(self, rows: list[dict[str, object]], cursor: str) -> int:
        """One too early."""
        return max(0, super().start(rows, cursor) - 1)


@pages_complete.broken(document=PAGED)
class Hasty(PagedShelf):
    """Leaves an item out between two pages."""

    def start(self, rows: list[dict[str, object]], cursor: str) -> int:
        """One too late."""
        return super().start(rows, cursor) + (1 if cursor else 0)

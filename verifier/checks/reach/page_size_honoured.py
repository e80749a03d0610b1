"""
A page holds as many items as were asked for, at most.

Why it matters
    A client that asks for ten and gets all of them runs out of memory or time on the day on which
    the vendor has grown.

How it asks
    It asks for a page of one item where the list has at least two.

Limits
    Whether more than the documented maximum can be had is tried with the invalid requests of the
    contract's checks. A list that documents no maximum is named as information.
"""

from __future__ import annotations

from collections.abc import Mapping

from verifier.checks.lists import sized_in_pages, spread
from verifier.checks.paged import PAGED, PagedShelf
from verifier.checks.paging import size_of, walk
from verifier.model import (
    Effect,
    Finding,
    Flow,
    Level,
    Parameter,
    Question,
    Resource,
    Severity,
    Vendor,
    check,
)


@check(
    question=Question.REACH,
    severity=Severity.MINOR,
    effect=Effect.READ,
    source="the document's own parameter; Zalando RESTful API Guidelines, 137",
    catches="limit-ignored",
    price=5,
    applies=sized_in_pages,
)
def page_size_honoured(resource: Resource, vendor: Vendor) -> Flow:
    parameter = _size(resource, vendor)
    yield from spread(vendor, resource, 2)
    one = yield from walk(vendor.contract, resource, size=1, most=1)
    if one.pages[0].succeeded and len(one.rows) > 1:
        return (_ignored(resource, one.evidence, parameter, len(one.rows)),)
    if parameter is not None and not _bounded(parameter):
        return (_unbounded(resource, one.evidence, parameter),)
    return ()


def _size(resource: Resource, vendor: Vendor) -> Parameter | None:
    named = size_of(vendor.contract, resource.list)
    listing = vendor.contract.operation(resource.list)
    return next((p for p in listing.parameters if p.name == named), None)


def _bounded(parameter: Parameter) -> bool:
    schema = parameter.schema.resolved().value if parameter.schema else {}
    told = isinstance(schema, Mapping) and {"maximum", "exclusiveMaximum", "enum"} & schema.keys()
    return bool(told) or "max" in parameter.description.lower()


def _ignored(
    resource: Resource, evidence: tuple[str, ...], parameter: Parameter | None, count: int
) -> Finding:
    name = parameter.name if parameter else "size"
    return Finding(
        says=f"Asked for one of {resource.name}, it returned {count}.",
        signature="page-size-ignored",
        operation=resource.list,
        at=parameter.at if parameter else None,
        evidence=evidence,
        expected=f"one item for {name}=1",
        seen=f"{count} items",
        ask=f"Honour {name}, or take it out of the document.",
        build="Bound what is read of one answer, whatever was asked for.",
    )


def _unbounded(resource: Resource, evidence: tuple[str, ...], parameter: Parameter) -> Finding:
    return Finding(
        says=f"No maximum is documented for {parameter.name} of {resource.name}.",
        signature="page-size-unbounded",
        operation=resource.list,
        at=parameter.at,
        evidence=evidence,
        expected="a maximum",
        seen="none in the document",
        level=Level.INFORMATION,
        ask=f"How much may {parameter.name} be?",
        build="Ask for a hundred at most.",
    )


page_size_honoured.healthy(PagedShelf, document=PAGED)


@page_size_honoured.broken(document=PAGED)
class Generous(PagedShelf):
    """Has a size of its own."""

    def size(self, asked: int) -> int:
        """Always the same."""
        return 20

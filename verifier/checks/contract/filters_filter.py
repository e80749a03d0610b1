"""
A documented filter returns only what matches it.

Why it matters
    A filter that is ignored looks like one that works until the data grows: an export of "open
    invoices" that holds all of them pays some twice.

How it asks
    It reads a list, takes for each filter that is named like a member of the items a value that
    some but not all items have (or a documented choice), and asks for the list with it.

Limits
    Filters that are not named like a member, ranges and searches are not judged. A list of fewer
    than one item shows nothing, and is *not tested*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from verifier.checks.lists import up_to_date
from verifier.checks.members import listed_values, row_members
from verifier.checks.specimens import Shelf
from verifier.model import (
    Draw,
    Effect,
    Existing,
    Finding,
    Flow,
    Operation,
    Parameter,
    Question,
    Request,
    Response,
    Schema,
    Send,
    Severity,
    Vendor,
    check,
)

MOST_FILTERS = 4


def _filters(operation: Operation, vendor: Vendor) -> tuple[Parameter, ...]:
    """Query parameters that are named like a member of the items."""
    resource = vendor.contract.resource_of(operation.key)
    known = row_members(operation, resource) if resource else {}
    return tuple(p for p in operation.parameters_in("query") if p.name in known and p.schema)


def _lists_with_filters(operation: Operation, vendor: Vendor) -> str:
    resource = vendor.contract.resource_of(operation.key)
    if resource is None or resource.list != operation.key:
        return "it is not the list of a resource"
    return "" if _filters(operation, vendor) else "no filter is named like a member of its items"


@check(
    question=Question.CONTRACT,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="the document's own description of the parameter",
    catches="filter-ignored",
    price=2 + MOST_FILTERS,
    applies=_lists_with_filters,
)
def filters_filter(operation: Operation, vendor: Vendor) -> Flow:
    resource = vendor.contract.resource_of(operation.key)
    if resource is None:
        return ()
    yield Existing(resource=resource.name)
    drawn = yield Draw(operation=operation.key)
    whole = yield Send(drawn.request)
    known = resource.rows_in(whole.value)
    shown = row_members(operation, resource)
    findings = []
    for parameter in _filters(operation, vendor)[:MOST_FILTERS]:
        value = _telling(parameter, known, shown.get(parameter.name))
        if value is None:
            continue
        asking = yield Draw(operation=operation.key, query={parameter.name: value})
        answer = yield Send(asking.request)
        wrong = [row for row in resource.rows_in(answer.value) if row.get(parameter.name) != value]
        if answer.succeeded and wrong:
            yield from up_to_date(resource, wrong[0], parameter.name, value)
            ids = (whole.id, answer.id)
            findings.append(_finding(operation, parameter, value, wrong[0], ids))
    return findings


def _telling(parameter: Parameter, known: Sequence[Mapping[str, Any]], shown: Schema | None) -> Any:
    """
    A value that would leave at least one known row out.

    It is one that rows have, or may have: a filter's "all" or "any" leaves nothing out.
    """
    present = [row[parameter.name] for row in known if parameter.name in row]
    if not present or not all(isinstance(v, (str, bool, int)) for v in present):
        return None
    possible = (*present, *listed_values(shown))
    for value in listed_values(parameter.schema) or present:
        fits = type(value) is type(present[0]) and value in possible
        if fits and any(v != value for v in present):
            return value
    return None


def _finding(
    operation: Operation,
    parameter: Parameter,
    value: Any,
    row: Mapping[str, Any],
    ids: tuple[str, ...],
) -> Finding:
    return Finding(
        says=f"Asked for {parameter.name}={value}, it returned items with another "
        f"{parameter.name}.",
        signature=f"filter-ignored:{parameter.name}",
        operation=operation.key,
        at=parameter.at,
        evidence=ids,
        expected=f"only items whose {parameter.name} is {value}",
        seen=f"an item whose {parameter.name} is {row.get(parameter.name)}",
        ask=f"Honour the filter {parameter.name}, or take it out of the document.",
        build=f"Filter by {parameter.name} on our side as well.",
    )


@filters_filter.healthy
class Stocked(Shelf):
    """Has two items of different status from the start."""

    def __init__(self) -> None:
        super().__init__()
        for id, status in (("it_1", "draft"), ("it_2", "sold")):
            stamp = "2026-01-01T00:00:00Z"
            self.items[id] = {"id": id, "name": id, "created_at": stamp, "status": status}


@filters_filter.broken
class Unfiltered(Stocked):
    """Ignores every filter."""

    def list(self, request: Request) -> Response:
        """All items, whatever was asked for."""
        return self.json(200, {"data": list(self.items.values())}, request)

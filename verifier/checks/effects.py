"""What requests left behind at the vendor's, proved by reading its state back."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from typing import Any

from msgspec import Struct

from verifier.checks.comparing import differences
from verifier.checks.paging import walk
from verifier.model import Contract, Draw, Exchange, Missing, Resource, Row, Send, Step, Vendor

__all__ = ["Census", "Effects", "census", "effects_of", "failed", "there"]

MOST_PAGES = 3
PAGE = 100


class Census(Struct, frozen=True, kw_only=True):
    """
    The items of a resource, as far as its list shows them.

    Args:
        whole: Whether the list was read to its end; what is missing then does not exist.
    """

    rows: Mapping[str, Row]
    whole: bool
    evidence: tuple[str, ...] = ()


class Effects(Struct, frozen=True, kw_only=True):
    """
    The items that requests made.

    Args:
        ids: Of every item that is there now.
        of_one: How many of them one request makes: more than one where its body holds several.
        shown: Whether the vendor showed its state: without that, nothing is proved.
        evidence: The exchanges that showed it.
    """

    ids: tuple[str, ...]
    shown: bool
    evidence: tuple[str, ...]
    of_one: int = 1


def census(
    contract: Contract,
    resource: Resource,
    path: Mapping[str, Any],
    *,
    query: Mapping[str, Any] | None = None,
    as_: str = "",
) -> Generator[Step, Any, Census]:
    """
    Read the first pages of a resource's list; empty and not whole where it has none.

    Args:
        query: Values of its other parameters.
        as_: The principal who reads it; empty is the first one.
    """
    if not resource.list:
        return Census(rows={}, whole=False)
    listed = contract.operation(resource.list)
    known = {p.name: path[p.name] for p in listed.parameters_in("path") if p.name in path}
    seen = yield from walk(
        contract, resource, path=known, query=query, size=PAGE, most=MOST_PAGES, as_=as_
    )
    rows = {str(id): row for row in seen.rows if (id := resource.id_of(row)) is not None}
    return Census(rows=rows, whole=seen.ended, evidence=seen.evidence)


def effects_of(
    vendor: Vendor,
    resource: Resource,
    before: Census,
    answers: Iterable[Exchange],
    sent: Any,
    path: Mapping[str, Any],
) -> Generator[Step, Any, Effects]:
    """
    Count the items that a few creations made: those listed since, and those that can be read.

    Args:
        before: The list as it was.
        answers: To the creations; the ids in them are read where the list does not show them.
        sent: The body that was sent; somebody else's new items do not agree with it.
        path: Path parameters that the creations were sent with.
    """
    answers = tuple(answers)
    after = yield from census(vendor.contract, resource, path)
    made = [id for id, row in after.rows.items() if id not in before.rows and agrees(sent, row)]
    evidence = list(after.evidence)
    told = dict.fromkeys(id for answer in answers if (id := _told(resource, answer)) is not None)
    for id in told:
        if id not in made and resource.read:
            drawn = yield Draw(operation=resource.read, path={**path, resource.id_parameter: id})
            read = yield Send(drawn.request)
            evidence.append(read.id)
            made += [id] if read.succeeded and id not in before.rows else []
    whole = after.whole and before.whole
    return Effects(
        ids=tuple(made),
        shown=whole or bool(made),
        evidence=tuple(evidence),
        of_one=max((_number_told(resource, answer) for answer in answers), default=1),
    )


def there(resource: Resource, read: Exchange) -> Generator[Step, Any, None]:
    """Go on only where what was created can be read; what is done to it says nothing else."""
    if not read.succeeded:
        yield Missing(
            reason=f"what was created of {resource.name} is not there: it {read.answer}",
            supply="a creation that works; see contract.created-is-readable",
        )


def failed(*sent: Exchange) -> str:
    """The first of a few requests that did not succeed, in words; empty where all did."""
    return next((f"{e.request.method} {e.answer}" for e in sent if not e.succeeded), "")


def agrees(sent: Any, row: Row) -> bool:
    """Whether nothing that was sent contradicts an item."""
    return next(differences(sent, row), None) is None


def _told(resource: Resource, answer: Exchange) -> str | None:
    item = resource.item_in(answer.value) if answer.succeeded else None
    id = resource.id_of(item) if item is not None else None
    return None if id is None else str(id)


def _number_told(resource: Resource, answer: Exchange) -> int:
    """How many items an answer says that it made."""
    if not answer.succeeded or _told(resource, answer) is not None:
        return 1
    told = {resource.id_of(row) for row in resource.rows_in(answer.value)} - {None}
    return max(1, len(told))

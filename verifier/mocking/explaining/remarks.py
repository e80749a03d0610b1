"""What is to be known of an operation beside what it does: pages, references, keys, scopes."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mocking.acting.listing import listing_of
from verifier.mocking.acting.references import references_to
from verifier.mocking.kinds import Kind
from verifier.mocking.paging import Pager
from verifier.mocking.practice import Practice
from verifier.mocking.vendor import MockVendor

__all__ = ["remarks"]

WRITING = frozenset(("create", "update", "replace"))


def remarks(vendor: MockVendor, practice: Practice, *, state: bool) -> Iterator[str]:
    """A sentence each."""
    kind = practice.kind
    if state and kind is not None:
        yield from _of_kind(vendor, practice, kind)
    yield from _of_habits(vendor, practice)
    rule = vendor.overrides.of(practice.operation)
    if rule is not None and rule.takes_seconds:
        yield f"takes {rule.takes_seconds:g} s (mock.yaml)"


def _of_kind(vendor: MockVendor, practice: Practice, kind: Kind) -> Iterator[str]:
    if practice.role in ("list", "search"):
        yield from _listing(vendor, practice, kind)
    if practice.role in WRITING:
        for reference in references_to(kind):
            if reference.field.strip("/") in practice.given:
                yield f"'{reference.field.strip('/')}' must be one of '{reference.resource}'"
    if practice.natural_key and practice.role == "create":
        yield f"no two may have the same '{practice.natural_key}' (409)"
    if practice.tagged:
        yield "carries an ETag, and heeds conditions"
    seeded = any(seed.resource == kind.name for seed in vendor.profile.seeds)
    if kind.made_up and not seeded:
        yield f"nobody can make one: {vendor.profile.made_up} are there from the beginning"
    if kind.item is None:
        yield "the document has no schema for it: it is kept as it was sent"


def _listing(vendor: MockVendor, practice: Practice, kind: Kind) -> Iterator[str]:
    how = listing_of(vendor.contract, practice.operation, kind)
    if how.pager.cuts:
        yield f"pages by {_pages(how.pager)}, {how.pager.usual} at a time"
    filters = [f"'{one.name}'" for one in how.filters]
    if filters:
        yield f"filtered by {', '.join(filters)}"
    if how.sorting.parameters:
        yield f"sorted by {', '.join(repr(name) for name in how.sorting.parameters)}"
    if how.by_header:
        yield "filtered by 'If-Modified-Since'"


def _pages(pager: Pager) -> str:
    named = (pager.cursor, pager.before, pager.offset, pager.page)
    return " or ".join(f"'{name}'" for name in named if name)


def _of_habits(vendor: MockVendor, practice: Practice) -> Iterator[str]:
    operation, habits = practice.operation, vendor.habits
    if habits.keys is not None and habits.takes_key(operation):
        must = "needs" if habits.keys.required else "takes"
        yield f"{must} a key in '{habits.keys.name}'"
    if not operation.secured:
        yield "needs no credential"
    scopes = [sorted(s for named in n.schemes.values() for s in named) for n in operation.security]
    if scopes and all(scopes):
        yield f"needs the scope {' or '.join(' '.join(held) for held in scopes)}"

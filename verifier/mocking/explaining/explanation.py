"""What a mock will do for one operation, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from verifier.mocking.explaining.deeds import deed, without_state
from verifier.mocking.explaining.remarks import remarks
from verifier.mocking.practice import Practice
from verifier.mocking.vendor import MockVendor
from verifier.model import Operation

__all__ = ["Explanation", "explain"]


class Explanation(Struct, frozen=True, kw_only=True):
    """
    One operation as the mock will carry it out.

    Args:
        resource: Whose things it is about; empty where it is about none.
        role: What it does to them: ``create``, ``list`` ...; empty for none.
        state: Whether what it does shows in what is kept, or what is kept in what it tells.
        does: A sentence.
        why: What that rests on, a sentence.
        remarks: Pages, filters, references, keys, scopes, overrides: a sentence each.
        unenforced: What of its requests is let through unseen, a sentence each.
    """

    operation: Operation
    resource: str
    role: str
    state: bool
    does: str
    why: str
    remarks: tuple[str, ...] = ()
    unenforced: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "operation": self.operation.key,
            "id": self.operation.id,
            "resource": self.resource,
            "role": self.role,
            "state": self.state,
            "does": self.does,
            "why": self.why,
            "remarks": list(self.remarks),
            "unenforced": list(self.unenforced),
        }


def explain(vendor: MockVendor) -> Iterator[Explanation]:
    """Each operation of a vendor's document, in its order."""
    for operation in vendor.contract.operations:
        yield _explained(vendor, vendor.practices.of(operation))


def _explained(vendor: MockVendor, practice: Practice) -> Explanation:
    operation = practice.operation
    why_not = without_state(practice, vendor.practices)
    rule = vendor.overrides.of(operation)
    ruled = rule is not None and bool(rule.status or rule.has_body)
    does = deed(practice, vendor.practices, state=not why_not)
    if ruled and rule is not None:
        does = f"answers {rule.status or practice.status}, and does nothing"
        why_not = "mock.yaml says so"
    kind = practice.kind
    return Explanation(
        operation=operation,
        resource=kind.name if kind is not None else "",
        role=practice.role,
        state=not why_not,
        does=does,
        why=why_not or _because(practice),
        remarks=() if ruled else tuple(remarks(vendor, practice, state=not why_not)),
        unenforced=vendor.enforcement.gaps(operation),
    )


def _because(practice: Practice) -> str:
    resource, kind = practice.resource, practice.kind
    if resource is None or kind is None:
        return ""
    if kind.name != resource.name:
        return f"'{resource.name}' shows what '{kind.name}' keeps"
    return resource.reason or f"'{resource.name}' was inferred from the paths"

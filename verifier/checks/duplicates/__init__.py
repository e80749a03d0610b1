"""Checks of the question `duplicates`, and how they send an idempotency key."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier.model import (
    Contract,
    Convention,
    Draw,
    Drawn,
    Exchange,
    Fresh,
    Missing,
    Operation,
    Request,
    Resource,
    Send,
    Step,
    Vendor,
)

__all__ = [
    "Order",
    "carrier_of",
    "creates_with_key",
    "invisible",
    "kept",
    "ordered",
    "resource_made_by",
    "succeeded",
]

LONGEST = 36


class Order(Struct, frozen=True, kw_only=True):
    """
    A creation that is ready to be sent under a key.

    Args:
        carrier: Where the key goes.
        key: The key; nobody used it before.
    """

    carrier: Convention
    resource: Resource
    drawn: Drawn
    key: str

    @property
    def request(self) -> Request:
        """The request, its key in it."""
        return self.under(self.key)

    @property
    def sent(self) -> Any:
        """The body, as values."""
        return self.drawn.case.draft.body

    @property
    def path(self) -> Mapping[str, Any]:
        """Its path parameters."""
        return self.drawn.case.draft.path

    def id_in(self, answer: Exchange) -> str | int | None:
        """The id that the vendor gave; None where it tells none, or only one that we chose."""
        id = self.resource.id_in(answer.value)
        return None if id is None or str(id) in _leaves(self.sent) else id

    def with_(self, drawn: Drawn) -> Order:
        """Another drawn request under the same key."""
        return replace(self, drawn=drawn)

    def under(self, key: str) -> Request:
        """The same request with a key in its header or its query."""
        name = str(self.carrier.detail["name"])
        if self.carrier.style == "body":
            return self.drawn.request
        if self.carrier.style == "query":
            return _without_query(self.drawn.request, name).with_query(name, key)
        return self.drawn.request.with_header(name, key)


def carrier_of(contract: Contract, operation: Operation) -> Convention | None:
    """Where an operation takes an idempotency key; None where the document does not say."""
    for convention in contract.conventions_of("idempotency"):
        if convention.detail.get("name") and operation.key in convention.operations:
            return convention
    return None


def resource_made_by(contract: Contract, operation: Operation) -> Resource | None:
    """The resource of which an operation creates an item."""
    return next((r for r in contract.resources if r.create == operation.key), None)


def creates_with_key(operation: Operation, vendor: Vendor) -> str:
    """Why an operation is not a creation that takes a key; empty where it is."""
    resource = resource_made_by(vendor.contract, operation)
    if resource is None:
        return "it creates no item of a recognised resource"
    if carrier_of(vendor.contract, operation) is None:
        return "the document declares no idempotency key for it"
    return ""


def ordered(
    vendor: Vendor, operation: Operation, *, key: str = "", like: Order | None = None
) -> Generator[Step, Any, Order]:
    """
    Draw a creation under a fresh key, or under a given one.

    Args:
        like: An order whose body is sent again under this key.
    """
    carrier = carrier_of(vendor.contract, operation)
    resource = resource_made_by(vendor.contract, operation)
    if carrier is None or resource is None:
        raise LookupError(creates_with_key(operation, vendor))
    longest = carrier.detail.get("longest")
    if not key:
        key = yield Fresh(min(LONGEST, longest) if isinstance(longest, int) else LONGEST)
    held: dict[str, Any] = {}
    path: Mapping[str, Any] = {}
    if like is not None:
        held = dict(like.sent) if isinstance(like.sent, Mapping) else {}
        path = like.path
    if carrier.style == "body":
        held[str(carrier.detail["name"])] = key
    drawn = yield Draw(operation=operation.key, path=path, body=held, exact=like is not None)
    return Order(carrier=carrier, resource=resource, drawn=drawn, key=key)


def succeeded(resource: Resource, first: Exchange) -> Generator[Step, Any, None]:
    """Go on only where the first creation succeeded; else nothing can be said of a second."""
    if not first.succeeded:
        operation = first.request.operation
        body = f'fixtures: {{"{operation}": A_BODY_THAT_IS_ACCEPTED}} in vendor.yaml'
        yield Missing(
            reason=f"no {resource.name} could be created: {first.answer}",
            supply=body if first.failure is None else "",
        )


def kept(
    resource: Resource, first: Exchange, path: Mapping[str, Any]
) -> Generator[Step, Any, None]:
    """Go on only where what was created is there; else a second one says nothing."""
    id = resource.id_of(resource.item_in(first.value) or {})
    if not resource.read or id is None:
        return
    drawn = yield Draw(operation=resource.read, path={**path, resource.id_parameter: id})
    read = yield Send(drawn.request)
    if not read.succeeded:
        yield Missing(
            reason=f"what it said it created is not there: {read.answer}",
            supply="a creation that works; see contract.created-is-readable",
        )


def invisible(resource: Resource) -> Missing:
    """Why nothing is proved where the vendor does not show its state."""
    return Missing(
        reason=f"what creating {resource.name} left behind cannot be read back",
        supply="a document with a read or a list of it",
    )


def _leaves(value: Any) -> frozenset[str]:
    """Every plain value in a body, as text."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        return frozenset(leaf for one in value for leaf in _leaves(one))
    return frozenset((str(value),))


def _without_query(request: Request, name: str) -> Request:
    kept = [part for part in request.query.split("&") if part.partition("=")[0] != name]
    return replace(request, query="&".join(part for part in kept if part))

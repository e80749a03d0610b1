"""Creations that nobody knows to have taken place: written down first, looked for last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Generator, Iterable, Sequence
from contextlib import suppress
from itertools import count
from typing import Any

from msgspec.structs import replace

from verifier import encoding
from verifier.model import (
    Contract,
    Environment,
    Exchange,
    FailureKind,
    Intent,
    Item,
    Journal,
    Request,
    Search,
    Step,
    Traces,
    Vendor,
)
from verifier.probing.ledger import Ledger
from verifier.probing.surroundings import around

__all__ = ["Intents", "nowhere"]

NEVER_ASKED = frozenset({FailureKind.DNS, FailureKind.REFUSED, FailureKind.TLS})
SERVER_ERRORS = 500
Looked = tuple[Traces, ...]
Carry = Callable[[Generator[Step, Any, Looked]], Awaitable[Looked]]


def nowhere(contract: Contract, intents: Sequence[Intent]) -> Generator[Step, Any, Looked]:
    """The search of whoever does not look."""
    yield from ()
    return tuple(Traces() for _ in intents)


class Intents:
    """
    Knows of each creation that was sent whether it took place, or that nobody knows.

    A request that was on its way when the run was killed, whose answer was lost, or that was
    answered with a server's error, may have created something that no ledger holds.

    Args:
        search: How to look for what intents created that one list would show.
    """

    def __init__(self, vendor: Vendor, journal: Journal, ledger: Ledger, search: Search) -> None:
        self._vendor = vendor
        self._journal = journal
        self._ledger = ledger
        self._search = search
        self._creates = {r.create: r for r in vendor.contract.resources if r.create}
        self._numbers = count(max((i.number for i in journal.intents()), default=0) + 1)

    def begun(self, request: Request, at: float, by: str) -> Intent | None:
        """Write a creation down that is about to be sent; a mock takes with it what it holds."""
        resource = self._creates.get(request.operation)
        if resource is None or request.api or self._vendor.environment is Environment.MOCK:
            return None
        intent = Intent(
            number=next(self._numbers),
            resource=resource.name,
            request=request,
            created_by=by,
            at=at,
        )
        self._journal.intent(intent)
        return intent

    def answered(self, intent: Intent, exchange: Exchange, *, named: bool) -> None:
        """
        Settle an intent, or note why it cannot be.

        Args:
            named: Whether a success says which item it is about.
        """
        kept = exchange.failure is not None and exchange.failure.kind not in NEVER_ASKED
        if kept or exchange.status >= SERVER_ERRORS:
            self._journal.intent(replace(intent, reason=f"it {exchange.answer}"))
        elif exchange.succeeded and not named:
            reason = f"it {exchange.answer}, and does not say what it created"
            self._journal.intent(replace(intent, reason=reason))
        else:
            self._journal.settled(intent)

    async def look(self, carry: Carry) -> None:
        """Look for what the unsettled ones created; what is ours goes into the ledger."""
        for together in self._places():
            # Whatever goes wrong here keeps nothing from being removed: the intents stay.
            with suppress(Exception):
                traces = await carry(self._search(self._vendor.contract, together))
                for intent, found in zip(together, traces, strict=True):
                    self._found(intent, found)

    def _places(self) -> Iterable[list[Intent]]:
        """What is unsettled, together what one list would show."""
        places: dict[tuple[str, str, str], list[Intent]] = defaultdict(list)
        for intent in self._journal.intents():
            sent = intent.request
            places[intent.resource, sent.path, sent.identity.principal].append(intent)
        return places.values()

    def _found(self, intent: Intent, traces: Traces) -> None:
        ours = [i for i in self._items(intent, traces.ours) if i not in self._ledger]
        for item in ours:
            self._ledger.created(item, intent.created_by, intent.request.identity)
        alike = [i for i in self._items(intent, traces.alike) if i not in self._ledger]
        if ours or (traces.whole and not alike):
            self._journal.settled(intent)
        elif alike:
            maybe = tuple(self._ledger.place_of(item) for item in alike)
            self._journal.intent(replace(intent, maybe=maybe))

    def _items(self, intent: Intent, ids: Sequence[str]) -> list[Item]:
        resource = self._vendor.contract.resource(intent.resource)
        template = self._vendor.contract.operation(resource.create).path
        path = around(resource, template, encoding.match_path(template, intent.request.path) or {})
        return [
            Item(
                resource=resource.name,
                id=id,
                path={**path, resource.id_parameter: id} if resource.id_parameter else {},
            )
            for id in ids
        ]

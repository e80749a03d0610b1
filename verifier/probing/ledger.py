"""What the run created, and how it is taken away again: children first, newest first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from verifier import encoding
from verifier.model import (
    Draft,
    Exchange,
    Identity,
    Item,
    Journal,
    LedgerEntry,
    Request,
    Resource,
    Vendor,
)

__all__ = ["Ledger"]

GONE = frozenset({404, 410})
Send = Callable[[Request], Awaitable[Exchange]]


@dataclass(frozen=True, slots=True)
class _Owned:
    entry: LedgerEntry
    deletion: Request | None


class Ledger:
    """
    Remembers each created item and the request that removes it.

    Args:
        deletable: Filled with the paths that may be deleted; the sender reads it.
    """

    def __init__(self, vendor: Vendor, journal: Journal, deletable: set[str]) -> None:
        self._vendor = vendor
        self._journal = journal
        self._deletable = deletable
        self._owned: dict[str, _Owned] = {}
        for entry in journal.entries():
            if entry.state == "open":
                self._remember(entry, Request(method="DELETE", path=entry.path))

    def path_of(self, item: Item) -> str:
        """Where an item stands, relative to the base URL; empty where its path is not known."""
        resource = self._vendor.contract.resource(item.resource)
        if not resource.item:
            return ""
        key = resource.delete or resource.read or resource.update or resource.replace
        if not key:
            return ""
        operation = self._vendor.contract.operation(key)
        try:
            return encoding.encode(operation, Draft(path=item.path)).path
        except encoding.EncodeError:
            return ""

    def created(self, resource: Resource, item: Item, by: str, identity: Identity) -> None:
        """Remember an item that the run created."""
        path = self.path_of(item)
        if not path:
            path = f"{resource.collection}/{item.id}"
        entry = LedgerEntry(resource=resource.name, path=path, created_by=by, state="open")
        deletion = None
        if resource.delete:
            deletion = Request(
                method="DELETE", path=path, operation=resource.delete, identity=identity
            )
        self._remember(entry, deletion)
        self._journal.entry(entry)

    def seen(self, exchange: Exchange) -> None:
        """Take note of a deletion that a check itself made."""
        owned = self._owned.get(exchange.request.path)
        if owned and exchange.request.method == "DELETE" and exchange.succeeded:
            self._settle(owned, "removed", "")

    async def clean_up(self, send: Send) -> None:
        """Remove everything that is still there; what cannot be is left, with the reason."""
        for owned in reversed(list(self._owned.values())):
            if owned.deletion is None:
                self._settle(owned, "left", "the document has no operation that removes it")
                continue
            exchange = await send(owned.deletion)
            if exchange.succeeded or exchange.status in GONE:
                self._settle(owned, "removed", "")
            else:
                self._settle(owned, "left", f"DELETE {exchange.answer}")

    def give_up(self, reason: str) -> None:
        """Write down everything that could not be removed."""
        for owned in list(self._owned.values()):
            self._settle(owned, "left", reason)

    def _remember(self, entry: LedgerEntry, deletion: Request | None) -> None:
        self._owned[entry.path] = _Owned(entry, deletion)
        self._deletable.add(entry.path)

    def _settle(self, owned: _Owned, state: str, reason: str) -> None:
        self._owned.pop(owned.entry.path, None)
        self._journal.entry(replace(owned.entry, state=state, reason=reason))

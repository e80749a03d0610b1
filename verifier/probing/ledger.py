"""What the run created, and how it is taken away again: children first, newest first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier import encoding
from verifier.errors import VerifierError
from verifier.model import (
    Draft,
    Exchange,
    Identity,
    Item,
    Journal,
    LedgerEntry,
    Request,
    Vendor,
)
from verifier.probing.claims import Claims
from verifier.probing.lanes import Job, in_lanes

__all__ = ["Ledger"]

GONE = frozenset({404, 410})
# Answers after which a second try may go through: no answer, a conflict with what is removed
# meanwhile, too many requests, a bad moment.
PASSING = frozenset({0, 409, 423, 424, 425, 429, 500, 502, 503, 504})
Send = Callable[[Request], Awaitable[Exchange]]


class _Owned(Struct, frozen=True):
    entry: LedgerEntry
    deletion: Request | None


class Ledger:
    """
    Remembers each created item and the request that removes it.

    Args:
        deletable: Filled with the paths that may be deleted; the sender reads it.
        claims: What may be removed at once.

    ``watch`` is called whenever something was removed.
    """

    def __init__(
        self, vendor: Vendor, journal: Journal, deletable: set[str], claims: Claims
    ) -> None:
        self._vendor = vendor
        self._claims = claims
        self._journal = journal
        self._deletable = deletable
        self.watch: Callable[[], None] = lambda: None
        self._owned: dict[str, _Owned] = {}
        self._paths: set[str] = set()
        self._written: dict[tuple[Any, ...], str] = {}
        for entry in journal.entries():
            self._paths.add(entry.path)
            if entry.state != "removed":
                self._remember(entry, self._deletion(entry))

    def __contains__(self, item: Item) -> bool:
        """Whether the run created this, be it gone by now."""
        return self.place_of(item) in self._paths

    def path_of(self, item: Item) -> str:
        """Where an item stands, relative to the base URL; empty where its path is not known."""
        key = (item.resource, *item.path.items())
        if key not in self._written:
            self._written[key] = self._write(item)
        return self._written[key]

    def _write(self, item: Item) -> str:
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

    def place_of(self, item: Item) -> str:
        """Where an item stands, or is most likely to."""
        collection = self._vendor.contract.resource(item.resource).collection
        return self.path_of(item) or f"{collection}/{item.id}"

    def created(self, item: Item, by: str, identity: Identity) -> None:
        """Remember an item that the run created."""
        path = self.place_of(item)
        self._paths.add(path)
        entry = LedgerEntry(
            resource=item.resource,
            path=path,
            created_by=by,
            state="open",
            principal=identity.principal,
        )
        self._remember(entry, self._deletion(entry))
        self._journal.entry(entry)

    def seen(self, exchange: Exchange) -> None:
        """Take note of a deletion that a check itself made."""
        owned = self._owned.get(exchange.request.path)
        if owned and exchange.request.method == "DELETE" and exchange.succeeded:
            self._settle(owned, "removed", "")

    async def clean_up(self, send: Send, *, by: str = "") -> None:
        """
        Remove everything that is still there; what cannot be is left, with the reason.

        Args:
            by: Only what this check created; empty is everything.
        """
        for last in (False, True):
            jobs = [
                Job(
                    self._claims.removing(owned.entry.resource),
                    partial(self._remove, owned, send, last=last),
                )
                for owned in reversed(self._owned.values())
                if by in ("", owned.entry.created_by)
            ]
            await in_lanes(jobs, self._claims.most)

    async def _remove(self, owned: _Owned, send: Send, *, last: bool) -> None:
        if owned.deletion is None:
            self._settle(owned, "left", "the document has no operation that removes it")
            return
        try:
            exchange = await send(owned.deletion)
        except VerifierError as error:
            self._settle(owned, "left", f"DELETE could not be sent: {error.says}")
            return
        if exchange.status in GONE and await self._stands(owned, send):
            self._settle(owned, "left", f"DELETE {exchange.answer}, and it can still be read")
        elif exchange.succeeded or exchange.status in GONE:
            self._settle(owned, "removed", "")
        elif last or exchange.status not in PASSING:
            self._settle(owned, "left", f"DELETE {exchange.answer}")

    async def _stands(self, owned: _Owned, send: Send) -> bool:
        """Whether it is there though a deletion did not find it: a vendor may know no deletion."""
        deletion = owned.deletion
        key = self._vendor.contract.resource(owned.entry.resource).read
        if deletion is None or not key:
            return False
        try:
            shown = await send(replace(deletion, method="GET", operation=key))
        except VerifierError:
            return False
        return shown.succeeded

    def give_up(self, reason: str) -> None:
        """Write down everything that could not be removed."""
        for owned in list(self._owned.values()):
            self._settle(owned, "left", reason)

    def _deletion(self, entry: LedgerEntry) -> Request | None:
        """Sent as the principal that created it, whatever was done to its credential then."""
        try:
            key = self._vendor.contract.resource(entry.resource).delete
        except KeyError:
            key = ""
        if not key:
            return None
        identity = Identity(principal=entry.principal)
        return Request(method="DELETE", path=entry.path, operation=key, identity=identity)

    def _remember(self, entry: LedgerEntry, deletion: Request | None) -> None:
        # Newest last, also where a path is created for the second time.
        self._owned.pop(entry.path, None)
        self._owned[entry.path] = _Owned(entry, deletion)
        self._deletable.add(entry.path)

    def _settle(self, owned: _Owned, state: str, reason: str) -> None:
        self._owned.pop(owned.entry.path, None)
        self._journal.entry(replace(owned.entry, state=state, reason=reason))
        if state == "removed":
            self.watch()

"""Writes into the ledger what becomes of each request."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from verifier.mocking.ledger import Entry, Ledger
from verifier.mocking.refusal import Refusal
from verifier.mocking.script import Script
from verifier.mocking.turn import Turn
from verifier.mocking.vendor import MockVendor
from verifier.wire import Answer, Delivered

__all__ = ["Scribe"]

USUAL_KEY = "Idempotency-Key"


class Scribe(Struct, frozen=True):
    """Fills in the entries of a ledger."""

    ledger: Ledger

    def took(
        self, entry: Entry, turn: Turn, script: Script | None, vendor: MockVendor, changed: int
    ) -> None:
        """
        A request went its way.

        Args:
            script: That took hold of it.
            changed: How much had been done to the state before it.
        """
        entry.client = turn.caller.name if turn.caller else ""
        if turn.claim is not None:
            entry.key = turn.claim.key
        else:
            keys = vendor.habits.keys
            entry.key = entry.header(keys.name if keys is not None else USUAL_KEY) or ""
        if turn.operation is not None:
            entry.operation, entry.operation_id = turn.operation.key, turn.operation.id
        if script is not None:
            entry.fault = script.fault.name
        for note in turn.notes:
            self.ledger.note(entry, "decided", note)
        if isinstance(turn.decision, Refusal):
            self.ledger.note(entry, "decided", f"{turn.decision.code}: {turn.decision.says}")
        if vendor.state.changed == changed:
            return
        for change in vendor.state.changes_since(changed):
            entry.did(change.act, change.resource, change.id)
            says = f"{change.act} {change.resource} {change.id}"
            self.ledger.note(entry, "committed", says)

    def answered(self, entry: Entry, answer: Answer) -> Answer:
        """It is answered; where that is not sent at once and whole, what comes of it is noted."""
        entry.status = answer.status
        self.ledger.note(entry, "answered", str(answer.status))
        if answer.delivery is None:
            return answer
        told = partial(self._delivered, entry, answer.delivery.told)
        return replace(answer, delivery=replace(answer.delivery, told=told))

    def _delivered(
        self, entry: Entry, also: Callable[[Delivered], None] | None, what: Delivered
    ) -> None:
        """Note what became of an answer, and tell whoever else wants to know."""
        if also is not None:
            also(what)
        entry.delivered = what
        says = "sent" if what.whole else f"{what.sent_bytes or 'no'} bytes sent"
        says += f" in {what.seconds:.3f} s"
        if what.left_seconds >= 0:
            says += f", the client left after {what.left_seconds:.3f} s"
        self.ledger.note(entry, "delivered", says + (f", {what.note}" if what.note else ""))

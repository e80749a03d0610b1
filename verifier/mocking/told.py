"""The ledger as JSON has it, without a secret in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from verifier.mocking.ledger import Entry, Step
from verifier.model import Contract, Headers

if TYPE_CHECKING:
    from verifier.model import Redactor  # start-up time: what a run is comes with it

__all__ = ["Told"]

CREDENTIALS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key"}
)
LONGEST_TEXT = 500


class Told:
    """
    Tells entries.

    Args:
        contract: Whose security schemes name further headers that hold credentials.
        redactor: Knows the mock's secrets, and the shapes of other people's.
    """

    def __init__(self, contract: Contract, redactor: Redactor) -> None:
        named = {s.parameter.lower() for s in contract.schemes.values() if s.parameter}
        self._hidden = CREDENTIALS | named
        self._redactor = redactor

    def text(self, text: str) -> str:
        """A text without secrets, cut where it is long."""
        clean = self._redactor.clean_text(text)
        return clean if len(clean) <= LONGEST_TEXT else f"{clean[:LONGEST_TEXT]} ..."

    def headers(self, headers: Headers) -> list[list[str]]:
        """Name and value; a credential that nobody knows is not shown at all."""
        return [[name, self._value(name, value)] for name, value in headers]

    def entry(self, entry: Entry) -> dict[str, Any]:
        """All of an entry."""
        return {
            "serial": entry.serial,
            "moment": entry.moment,
            "seconds": round(entry.seconds, 6),
            "method": entry.method,
            "target": self.text(entry.target),
            "headers": self.headers(entry.headers),
            "body": self._redactor.clean(entry.body).decode("utf-8", "replace"),
            "size_bytes": entry.size_bytes,
            "digest": entry.digest,
            "peer": entry.peer,
            "operation": entry.operation,
            "operation_id": entry.operation_id,
            "client": entry.client,
            "key": self.text(entry.key),
            "fault": entry.fault,
            "status": entry.status,
            "effects": [asdict(effect) for effect in entry.effects],
            "delivered": self._delivered(entry),
            "steps": [self.step(step) for step in tuple(entry.steps)],
        }

    def step(self, step: Step) -> dict[str, Any]:
        """One step."""
        return {
            "order": step.order,
            "kind": step.kind,
            "seconds": round(step.seconds, 6),
            "says": self.text(step.says),
        }

    def _value(self, name: str, value: str) -> str:
        clean = self.text(value)
        return "«not shown»" if name.lower() in self._hidden and clean == value else clean

    def _delivered(self, entry: Entry) -> Mapping[str, Any] | None:
        return None if entry.delivered is None else asdict(entry.delivered)

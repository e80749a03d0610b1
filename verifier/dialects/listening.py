"""Hears every exchange of a run once, and says in the end how the vendor speaks."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.dialects.errors import Errors
from verifier.dialects.idempotency import Keys
from verifier.dialects.limits import Limits
from verifier.dialects.pagination import Pages
from verifier.dialects.webhooks import webhooks
from verifier.model import Contract, Delivery, Dialect, Exchange

__all__ = ["Listener"]

PLAYED = "scenario."
KINDS = ("idempotency", "limits", "pagination", "webhooks", "errors")


class Listener:
    """What the ears for single dialects hear."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        every = (Keys.of(contract), Limits(contract), Pages(contract), Errors(contract))
        self._ears = [ear for ear in every if ear is not None]

    def hear(self, exchange: Exchange) -> None:
        """Take note of one exchange; what a mock was told to play is not how it speaks."""
        if exchange.purpose.startswith(PLAYED):
            return
        for ear in self._ears:
            ear.hear(exchange)

    def dialects(self, deliveries: Sequence[Delivery]) -> tuple[Dialect, ...]:
        """Every dialect that the document shows or the vendor spoke."""
        found = [*(ear.dialect() for ear in self._ears), webhooks(self._contract, deliveries)]
        known = {dialect.kind: dialect for dialect in found if dialect is not None}
        return tuple(known[kind] for kind in KINDS if kind in known)

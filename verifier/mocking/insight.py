"""What a misbehaviour may see of the vendor that it spoils."""

from __future__ import annotations

from typing import Protocol

from verifier.mocking.auth import Vault
from verifier.mocking.idempotency import Keys
from verifier.mocking.state import State
from verifier.mocking.webhooks import Outbox

__all__ = ["Insight"]


class Insight(Protocol):
    """The vendor's memory: what it keeps, which keys were used, whom it knows, whom it tells."""

    state: State
    keys: Keys
    vault: Vault
    outbox: Outbox

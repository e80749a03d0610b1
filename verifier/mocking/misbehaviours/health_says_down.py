"""The operation that reports health says 503 while everything works.

Imitates health checks that also ask what nobody depends on, and fail with it.
"""

from __future__ import annotations

import re

from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn

__all__ = ["after_route"]

HEALTH = re.compile(r"health|status|ping|alive|ready", re.IGNORECASE)


def after_route(turn: Turn) -> None:
    """Whoever asks how it is hears that it is not well."""
    operation = turn.operation
    if operation is not None and HEALTH.search(operation.path.rpartition("/")[2]):
        turn.decision = Refusal(status=503, code="unavailable", says="Not well.", exact=True)

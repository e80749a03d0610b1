"""
A place to ask whether the service is up: ``/health``, ``/status``, ``/ping``.

Looks at reads without parameters whose last word is one of those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from verifier.loading.view import ContractView, word_set, words
from verifier.model import Convention, Operation

__all__ = ["recognise"]

NAMES = word_set(
    "health healthz healthcheck heartbeat lbheartbeat ping status ready readyz livez alive"
    " readiness liveness"
)
SPEAKS = re.compile(r"health|alive|heartbeat|\bup\b|(?:service|server|api|system) status", re.I)
TOP_SEGMENTS = 3


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention with every such operation."""
    found = [operation for operation in view.operations if _is_health(operation)]
    if found:
        yield Convention(
            kind="health",
            style="endpoint",
            operations=tuple(operation.key for operation in found),
            detail={"paths": [operation.path for operation in found]},
            confidence=0.9,
            reason="documented: " + ", ".join(operation.path for operation in found[:3]),
        )


def _is_health(operation: Operation) -> bool:
    if operation.method not in ("GET", "HEAD") or "{" in operation.path:
        return False
    parts = [part for part in operation.path.split("/") if part]
    last = "".join(words(parts[-1].removesuffix(".json"))) if parts else ""
    if last not in NAMES:
        return False
    plain = last not in ("status", "ready") or bool(SPEAKS.search(operation.summary))
    return len(parts) <= TOP_SEGMENTS and (plain or len(parts) <= 1)

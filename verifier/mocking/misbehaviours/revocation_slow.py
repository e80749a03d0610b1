"""A credential that was revoked works on for a minute.

Imitates gateways that keep what they know of a token.
"""

from __future__ import annotations

from msgspec import Struct, field

from verifier.mocking.auth.vault import Grant

__all__ = ["begin"]

KEPT_SECONDS = 60.0


class Gateway(Struct):
    """When each revoked token was first shown again."""

    seen: dict[str, float] = field(default_factory=dict)

    def forgives(self, trouble: str, grant: Grant, now: float) -> bool:
        """A revoked token is taken for good as long as it is remembered."""
        if trouble != "revoked":
            return False
        first = self.seen.setdefault(f"{grant.caller.name}:{grant.family}:{grant.issued}", now)
        return now - first < KEPT_SECONDS


def begin(vendor: object) -> Gateway:
    """With nothing remembered."""
    return Gateway()

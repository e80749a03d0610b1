"""A credential is taken from the query string, too, under names that nobody documented.

Imitates a convenience for trying things out in a browser; addresses end up in logs.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from msgspec import Struct

from verifier.mocking.insight import Insight
from verifier.mocking.turn import Turn

__all__ = ["begin"]

NAMES = frozenset({"access_token", "api_key", "apikey", "key", "token", "auth_token"})


class Convenience(Struct, frozen=True):
    """Knows the vendor's credentials."""

    vendor: Insight

    def after_admit(self, turn: Turn) -> None:
        """Whoever has one in the query is let in."""
        if turn.caller is not None:
            return
        for name, value in parse_qsl(turn.query):
            grant = self.vendor.vault.find(f"bearer:{value}") or self.vendor.vault.find(
                f"key:{value}"
            )
            if name.lower() in NAMES and grant is not None:
                turn.caller, turn.decision = grant.caller, None


def begin(vendor: Insight) -> Convenience:
    """With a look at the vendor's credentials."""
    return Convenience(vendor)

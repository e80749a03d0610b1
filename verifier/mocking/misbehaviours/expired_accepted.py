"""A credential that has expired still works.

Imitates token checks that look at the signature and not at the time.
"""

from __future__ import annotations

from verifier.mocking.auth.vault import Grant

__all__ = ["forgives"]


def forgives(trouble: str, grant: Grant, now: float) -> bool:
    """Expiry does not matter."""
    return trouble == "expired"

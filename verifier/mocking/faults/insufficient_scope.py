"""The caller is told that its credential lacks a scope: 403, and nothing is done.

Imitates a permission that somebody took away. A retry is of no use, and neither is a fresh token.
"""

from __future__ import annotations

from verifier.mocking.auth.challenges import challenge
from verifier.mocking.fault import Play
from verifier.mocking.refusal import Refusal

__all__ = ["before"]


def before(play: Play) -> Refusal:
    """Refuse."""
    operation = play.turn.operation
    needs = [need.schemes for need in operation.security] if operation is not None else []
    named = {scope for schemes in needs for scopes in schemes.values() for scope in scopes}
    scope = " ".join(sorted(named))
    headers = challenge(
        operation, play.vendor.contract.schemes, error="insufficient_scope", scope=scope
    )
    says = f"The credential lacks a scope{f' ({scope})' if scope else ''}."
    return Refusal(status=403, code="insufficient_scope", says=says, headers=headers, exact=True)

"""The caller's credential has expired: 401 now, and until another is shown.

Imitates a token that runs out in the middle of a run. Whoever asks the token endpoint for a fresh
one may go on; a credential that no endpoint gives out stays expired until it is restored.
"""

from __future__ import annotations

from verifier.mocking.auth.challenges import challenge
from verifier.mocking.fault import Play
from verifier.mocking.refusal import Refusal

__all__ = ["before"]

SAYS = "The token has expired."


def before(play: Play) -> Refusal | None:
    """Let it expire, and refuse."""
    turn, vendor = play.turn, play.vendor
    if turn.caller is None or not turn.caller.name:
        return None
    vendor.vault.expire(turn.caller.name, turn.now)
    headers = challenge(turn.operation, vendor.contract.schemes, error="invalid_token", says=SAYS)
    return Refusal(status=401, code="invalid_token", says=SAYS, headers=headers, exact=True)

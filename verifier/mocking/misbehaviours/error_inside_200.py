"""An item that is not there is answered with 200, and an error inside.

Imitates RPC habits behind REST addresses.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.turn import Turn

__all__ = ["after_complete"]


def after_complete(turn: Turn) -> None:
    """A read that fails succeeds."""
    answer = turn.answer
    if answer is None or turn.asked is None or turn.asked.role != "read":
        return
    if answer.status == 404:
        kept = tuple(h for h in answer.headers if h[0].lower() != "content-type")
        body = b'{"success": false, "error": {"code": "not_found", "message": "no such item"}}'
        headers = (("Content-Type", "application/json"), *kept)
        turn.answer = replace(answer, status=200, headers=headers, body=body)

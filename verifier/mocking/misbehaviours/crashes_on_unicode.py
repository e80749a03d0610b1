"""Text outside ASCII makes the server fail.

Imitates a log line or a database column that cannot hold it.
"""

from __future__ import annotations

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["instead"]


def instead(asked: Asked | None) -> Answer | None:
    """A body that is not ASCII is answered with 500."""
    if asked is None or asked.incoming.body.isascii():
        return None
    body = (
        b'{"type": "about:blank", "title": "Internal Server Error", "status": 500, "code": "oops"}'
    )
    return Answer(status=500, headers=(("Content-Type", "application/problem+json"),), body=body)

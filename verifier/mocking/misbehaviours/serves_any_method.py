"""Methods that the document does not offer are served.

Imitates routers that match the path and ignore the method.
"""

from __future__ import annotations

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["instead"]


def instead(asked: Asked | None) -> Answer | None:
    """What would be a 405 is a 200."""
    if asked is not None:
        return None
    return Answer(status=200, headers=(("Content-Type", "application/json"),), body=b"{}")

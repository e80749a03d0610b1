"""Single items come as a web page's content type.

Imitates frameworks that fall back to text/html behind a proxy.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["answered"]


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """An item that is read comes as HTML."""
    if asked is None or asked.role != "read" or answer.status != 200:
        return answer
    kept = tuple(h for h in answer.headers if h[0].lower() != "content-type")
    return replace(answer, headers=(("Content-Type", "text/html"), *kept))

"""What was asked is done, and the answer's body is empty.

Imitates a crash between the status line and the body. The status and the headers are as ever.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.fault import Play
from verifier.wire import Answer

__all__ = ["after"]


def after(play: Play, answer: Answer) -> Answer:
    """Leave the body out."""
    kept = tuple(h for h in answer.headers if h[0].lower() != "content-length")
    return replace(answer, headers=kept, body=b"")

"""What the OAuth 2 endpoints answer (RFC 6749, 5.1 and 5.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from verifier.model import Headers
from verifier.wire import Answer

__all__ = ["Denied", "reply"]


def reply(
    status: int, told: Mapping[str, Any], *, headers: Headers = (), cacheable: bool = False
) -> Answer:
    """JSON that no cache may keep, unless it says nothing secret."""
    stored: Headers = () if cacheable else (("Cache-Control", "no-store"), ("Pragma", "no-cache"))
    kind = (("Content-Type", "application/json"),)
    return Answer(status=status, headers=(*kind, *stored, *headers), body=orjson.dumps(told))


class Denied(Exception):  # noqa: N818  (an answer, not an error of ours)
    """An endpoint refuses; ``answer`` says why."""

    def __init__(self, status: int, error: str, says: str, *, headers: Headers = ()) -> None:
        super().__init__(says)
        self.error = error
        told = {"error": error, "error_description": says}
        self.answer = reply(status, told, headers=headers)

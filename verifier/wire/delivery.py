"""How an answer gets onto the wire, where that is not at once and whole."""

from __future__ import annotations

import enum
from collections.abc import Callable

from msgspec import Struct

__all__ = ["Delivered", "Delivery", "End", "Part"]


class End(enum.Enum):
    """What becomes of the connection once everything that is to be sent was sent."""

    KEEP = "keep"
    """What HTTP makes of it: another request, or a farewell."""
    CLOSE = "close"
    """It is closed in order (FIN)."""
    RESET = "reset"
    """It is broken off (RST), once the client's machine has what was sent."""
    HALF = "half"
    """Our side is closed (FIN); theirs is read on, and nothing of it is answered."""
    SILENCE = "silence"
    """It stays open and nothing more is said, until the client gives up."""


class Part(enum.Enum):
    """What of an answer is sent piece by piece; the rest goes in one."""

    HEAD = "head"
    BODY = "body"
    ALL = "all"


class Delivered(Struct, frozen=True, kw_only=True):
    """
    What became of a delivery.

    Args:
        sent_bytes: Of head and body, handed to the system.
        whole: Whether that is all of the answer.
        left_seconds: When the client closed its side, in seconds since the request was there;
            -1 where it stayed.
        note: What could not be shown, and why.
    """

    sent_bytes: int
    whole: bool
    seconds: float
    left_seconds: float = -1.0
    note: str = ""


class Delivery(Struct, frozen=True, kw_only=True):
    """
    How to send an answer. Times are the client's: real seconds.

    Args:
        wait_seconds: Before the first byte.
        stop_after_bytes: So many bytes of head and body are sent; -1 is all.
        stop_after_body_bytes: So many bytes of the body are sent; -1 is all.
        part: What is sent in pieces.
        piece_bytes: Size of a piece; 0 sends everything in one.
        pause_seconds: After each piece.
        end: What becomes of the connection then.
        refuse_seconds: The server then takes no connection for so long, and drops those it has.
        told: Called once it is over.
    """

    wait_seconds: float = 0.0
    stop_after_bytes: int = -1
    stop_after_body_bytes: int = -1
    part: Part = Part.BODY
    piece_bytes: int = 0
    pause_seconds: float = 0.0
    end: End = End.KEEP
    refuse_seconds: float = 0.0
    told: Callable[[Delivered], None] | None = None

    def sends(self, head_bytes: int, body_bytes: int) -> tuple[int, int]:
        """How many bytes of a head and of a body are sent."""
        body = body_bytes
        if self.stop_after_body_bytes >= 0:
            body = min(body, self.stop_after_body_bytes)
        if self.stop_after_bytes < 0:
            return head_bytes, body
        head = min(head_bytes, self.stop_after_bytes)
        return head, min(body, self.stop_after_bytes - head)

"""What every way in needs of whatever answers behind it."""

from __future__ import annotations

from typing import Protocol

from verifier.wire import Answer, Delivered, Delivery, Incoming

__all__ = ["Answering", "tell"]


class Answering(Protocol):
    """A mock, with or without a director."""

    def answer(self, incoming: Incoming) -> Answer:
        """Answer one request."""


def tell(
    delivery: Delivery | None,
    sent_bytes: int,
    seconds: float,
    *,
    whole: bool,
    left_seconds: float = -1.0,
    note: str = "",
) -> None:
    """Tell what became of a delivery, where somebody wants to know."""
    if delivery is not None and delivery.told is not None:
        delivery.told(
            Delivered(
                sent_bytes=sent_bytes,
                whole=whole,
                seconds=seconds,
                left_seconds=left_seconds,
                note=note,
            )
        )

"""An event has another id on every attempt.

Imitates ids that are made when a request is sent: the receiver cannot tell a second attempt from
a second event.
"""

from __future__ import annotations

from verifier.mocking.webhooks import Message

__all__ = ["attempted"]


def attempted(message: Message) -> None:
    """The number of the attempt is part of the id."""
    if not message.attempts:
        return
    old, new = message.id, f"{message.id.partition('-')[0]}-{len(message.attempts) + 1}"
    message.id = new
    message.body = message.body.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
    message.headers = tuple((k, new if v == old else v) for k, v in message.headers)

"""The body of an event is not what the document says.

Imitates a serializer that was changed for the API and not for its events: members are wrapped
once more, and numbers are text.
"""

from __future__ import annotations

import orjson

from verifier.mocking.webhooks import Message

__all__ = ["posted"]


def posted(message: Message) -> bool:
    """Everything stands one level deeper."""
    message.body = orjson.dumps({"event": orjson.loads(message.body), "version": "2"})
    return True

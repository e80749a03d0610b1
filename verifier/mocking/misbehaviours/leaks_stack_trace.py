"""Refusals of invalid bodies show a stack trace.

Imitates debug mode left on in production.
"""

from __future__ import annotations

import orjson
from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.wire import Answer

TRACE = 'Traceback (most recent call last):\n  File "/srv/app/orders.py", line 42, in create'

__all__ = ["answered"]


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """The detail of a 400 or 422 is a trace."""
    if answer.status not in (400, 422):
        return answer
    try:
        body = orjson.loads(answer.body)
    except ValueError:
        return answer
    if not isinstance(body, dict):
        return answer
    name = next((n for n in ("detail", "message", "error") if n in body), "detail")
    return replace(answer, body=orjson.dumps({**body, name: TRACE}))

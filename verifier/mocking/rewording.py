"""An answer with another body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from msgspec.structs import replace

from verifier.wire import Answer

__all__ = ["reworded"]


def reworded(answer: Answer, change: Callable[[Any], Any]) -> Answer:
    """An answer whose JSON body was changed; as it is where it has none."""
    try:
        value = orjson.loads(answer.body)
    except ValueError:
        return answer
    return replace(answer, body=orjson.dumps(change(value)))

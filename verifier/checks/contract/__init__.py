"""Checks of the question `contract`, and what several of them look at."""

from __future__ import annotations

import re
from functools import lru_cache

from verifier.model import Observation
from verifier.validating import Reading, judge_response

__all__ = ["reading", "shape"]


# Every check looks at all of an operation's exchanges before the next one does.
@lru_cache(maxsize=256)
def reading(observation: Observation) -> Reading | None:
    """The answer held against the document, once for all checks; None where none came."""
    response = observation.exchange.response
    return judge_response(observation.operation, response) if response else None


def shape(pointer: str) -> str:
    """A JSON pointer with its array indexes taken out, for fingerprints."""
    return re.sub(r"/\d+(?=/|$)", "/*", pointer)

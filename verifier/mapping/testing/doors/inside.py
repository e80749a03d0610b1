"""An implementation in this very process: for a program that tests its own function."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from verifier.mapping.edges import RawJson
from verifier.mapping.exact_json import dumps, dumps_strictly, loads
from verifier.mapping.hosting import Hosted
from verifier.mapping.testing.asking import Answer, Ask, How
from verifier.mapping.testing.replies import answer_of, garbage

__all__ = ["InsideDoor"]


class InsideDoor:
    """
    Calls a function, or the methods of an object. It cannot be stopped where it hangs.

    Args:
        made: A function of a record, or an object with ``map`` and perhaps ``back`` and ``match``.
        environment: Variables that hold while it is called; ``TZ`` takes effect.
    """

    def __init__(self, made: Any, *, environment: Mapping[str, str] | None = None) -> None:
        self._made = made
        self._hosted = Hosted(made)
        self._environment = dict(environment or {})

    def ask(self, ask: Ask) -> Answer:
        """Ask it; the record is a copy, as it comes from JSON."""
        if isinstance(ask.record, RawJson):
            return Answer(how=How.UNABLE, says="it is given records, not their text")
        asked = json.loads(dumps(ask.as_data(0)))
        with _elsewhere(self._environment):
            reply = self._hosted.answer(asked)
        try:
            return answer_of(loads(dumps_strictly(reply)))
        except (ValueError, RecursionError) as error:
            return garbage(f"it answers what is no JSON: {error}")

    def elsewhere(self, environment: Mapping[str, str]) -> InsideDoor:
        """The same function, called while other variables hold."""
        return InsideDoor(self._made, environment={**self._environment, **environment})

    def close(self) -> None:
        """Nothing was started."""


@contextmanager
def _elsewhere(environment: Mapping[str, str]) -> Iterator[None]:
    if not environment:
        yield
        return
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    _tell_the_clock()
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        _tell_the_clock()


def _tell_the_clock() -> None:
    if hasattr(time, "tzset"):
        time.tzset()

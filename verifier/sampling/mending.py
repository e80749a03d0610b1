"""A value that is nearly valid, made valid by taking out what is wrong and was not asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.sampling.places import found, without
from verifier.validating import Validator

__all__ = ["mended"]

MOST_STEPS = 12
MOST_ERRORS = 4


def mended(judge: Validator, value: Any) -> tuple[bool, Any]:
    """
    Whether taking members out was enough, and what is left then.

    What is wrong is looked for from the inside out: the smallest part that can go without making
    it worse goes.
    """
    for _ in range(MOST_STEPS):
        errors = judge.errors(value, limit=MOST_ERRORS)
        if not errors:
            return judge.accepts(value), value
        wrong = [error.path for error in errors]
        step = next((less for less in _lessened(value, wrong) if judge.accepts(less)), None)
        if step is not None:
            return True, step
        better = next(
            (less for less in _lessened(value, wrong) if _better(judge, less, wrong)), None
        )
        if better is None:
            return False, value
        value = better
    return False, value


def _better(judge: Validator, less: Any, wrong: list[str]) -> bool:
    left = {error.path for error in judge.errors(less, limit=MOST_ERRORS)}
    return left < set(wrong) or (bool(left) and not left & set(wrong))


def _lessened(value: Any, wrong: list[str]) -> Iterator[Any]:
    for path in wrong[:MOST_ERRORS]:
        pointer = path
        while pointer:
            try:
                found(value, pointer)
                yield without(value, pointer)
            except (LookupError, ValueError):
                pass
            pointer = pointer.rpartition("/")[0]
        inner = found(value, path) if _is_there(value, path) else None
        if isinstance(inner, dict):
            for name in inner:
                token = str(name).replace("~", "~0").replace("/", "~1")
                yield without(value, f"{path}/{token}")


def _is_there(value: Any, pointer: str) -> bool:
    try:
        found(value, pointer)
    except (LookupError, ValueError):
        return False
    return True

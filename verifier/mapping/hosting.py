"""
A Python implementation as a program that answers JSON lines.

    python -m verifier.mapping.hosting module:name
    python -m verifier.mapping.hosting path/to/file.py:name

The name is a function of a record, or a class or an object with ``map`` (and ``back``, ``match``).
It runs in a process of its own, so that it can hang, die, or be run in another time zone.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from verifier.mapping.exact_json import dumps_strictly

__all__ = ["Hosted", "main", "resolve"]


class Hosted:
    """
    An implementation in Python.

    Args:
        made: A function of a record, or an object with ``map`` and perhaps ``back`` and ``match``.
    """

    def __init__(self, made: Any) -> None:
        if inspect.isclass(made):
            made = made()
        self.ops: dict[str, Callable[..., Any]] = {}
        for name in ("map", "back", "match"):
            method = getattr(made, name, None)
            if callable(method):
                self.ops[name] = method
        if "map" not in self.ops and callable(made):
            self.ops["map"] = made
        self._takes_old = "map" in self.ops and _positional(self.ops["map"]) > 1

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The reply to one question; an exception is one, too."""
        op = asked.get("op", "map")
        if op not in self.ops:
            return {"unable": True}
        try:
            return self._done(op, asked)
        except Exception as error:  # noqa: BLE001  (whatever somebody's code raises is an answer)
            kinds = [kind.__name__ for kind in type(error).__mro__[:-3]]
            return {"error": {"kinds": kinds or [type(error).__name__], "says": str(error)}}

    def _done(self, op: str, asked: dict[str, Any]) -> dict[str, Any]:
        run = self.ops[op]
        if op == "match":
            return {"decisions": run(asked["records"], asked["candidates"], asked["links"])}
        if op == "back":
            return {"target": run(asked.get("old"), asked["record"])}
        if self._takes_old and "old" in asked:
            return {"target": run(asked["record"], asked["old"])}
        return {"target": run(asked["record"])}


def _positional(function: Callable[..., Any]) -> int:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return 1
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(parameter.kind in kinds for parameter in parameters)


def resolve(spec: str) -> Any:
    """
    What ``module:name`` or ``file.py:name`` stands for.

    Raises:
        LookupError: There is no such thing; says what.
    """
    where, _, name = spec.rpartition(":")
    if not where or not name:
        raise LookupError(f"'{spec}' is not of the form module:name or file.py:name")
    found = _module(where)
    for part in name.split("."):
        if not hasattr(found, part):
            raise LookupError(f"'{where}' has no '{part}'")
        found = getattr(found, part)
    return found


def _module(where: str) -> Any:
    try:
        if not where.endswith(".py"):
            sys.path.insert(0, os.getcwd())
            return importlib.import_module(where)
        path = Path(where).resolve()
        if not path.is_file():
            raise LookupError(f"there is no file {where}")
        sys.path.insert(0, str(path.parent))
        return importlib.import_module(path.stem)
    except LookupError:
        raise
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        raise LookupError(f"'{where}' cannot be imported: {why}") from error


def main() -> None:
    """Answer questions until there are no more."""
    # What it prints must not come between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        hosted = Hosted(resolve(sys.argv[1]))
    except LookupError as error:
        print(error, file=sys.stderr)  # noqa: T201
        raise SystemExit(2) from None
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        reply = {"id": asked.get("id"), **hosted.answer(asked)}
        try:
            text = dumps_strictly(reply)
        except (ValueError, RecursionError) as error:
            says = f"it answers what is no JSON: {error}"
            text = dumps_strictly({"id": asked.get("id"), "target": says})
        answers.write(text + b"\n")


if __name__ == "__main__":
    main()

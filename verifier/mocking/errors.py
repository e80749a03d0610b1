"""Refusals in the shape that the document gives them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mocking.bodies import Bodies, written
from verifier.mocking.documented import json_media
from verifier.mocking.refusal import Refusal
from verifier.model import Contract, Operation, ResponseSpec
from verifier.validating import Violation
from verifier.wire import Answer
from verifier.wire.rendering import reason

__all__ = ["Errors"]

# Where a status is not documented, the nearest one that may be said instead.
NEAREST = {422: (400,), 400: (422,), 415: (400, 422), 412: (409, 400), 428: (400,), 409: (422, 400)}
PROBLEM = "application/problem+json"


class Errors:
    """
    Writes errors.

    Args:
        undocumented: Filled with ``"404 GET /x"`` for every status that had to be said anyway.
    """

    def __init__(self, contract: Contract, bodies: Bodies) -> None:
        self._bodies = bodies
        self._usual = next(
            (spec for o in contract.operations for spec in o.responses if spec.status[:1] == "4"),
            None,
        )
        self.undocumented: set[str] = set()

    def say(self, operation: Operation | None, refusal: Refusal) -> Answer:
        """A refusal as an error; its violations name the fields."""
        status, spec = self._documented(operation, refusal)
        media = json_media(spec)
        title = reason(status) or "Error"
        told = {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": refusal.says,
            "code": refusal.code,
            "message": refusal.says,
            "error": refusal.code,
            "error_description": refusal.says,
            "errors": [_field(violation) for violation in refusal.violations],
        }
        kind = media.type if media else PROBLEM
        value: Any = told if media is None or media.schema is None else None
        if value is None and media is not None and media.schema is not None:
            value = self._bodies.make(media.schema, _without_empty(told))
        elif media is None:
            value = {k: told[k] for k in ("type", "title", "status", "detail", "code")}
        return Answer(
            status=status,
            headers=(("Content-Type", kind), *refusal.headers),
            body=written(value, kind),
        )

    def _documented(
        self, operation: Operation | None, refusal: Refusal
    ) -> tuple[int, ResponseSpec | None]:
        status = refusal.status
        if operation is None:
            return status, self._usual
        for candidate in (status, *(() if refusal.exact else NEAREST.get(status, ()))):
            spec = operation.response(candidate)
            if spec is not None:
                return candidate, spec
        self.undocumented.add(f"{status} {operation.key}")
        return status, None


def _field(violation: Violation) -> dict[str, str]:
    return {
        "field": violation.path.strip("/") or violation.part,
        "pointer": violation.path,
        "in": violation.part,
        "code": violation.keyword,
        "message": violation.says,
        "detail": violation.says,
    }


def _without_empty(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in ([], "")}

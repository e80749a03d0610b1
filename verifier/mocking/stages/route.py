"""Which operation is meant."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote

from verifier.encoding import Route as Found
from verifier.encoding import Router
from verifier.encoding.shape import Shape
from verifier.mocking.auth import Endpoints
from verifier.mocking.hooks import Hooks
from verifier.mocking.otherwise import OTHERWISE, as_documented
from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn
from verifier.model import Operation, Schema
from verifier.validating import Direction, validator
from verifier.wire import Answer

__all__ = ["Route"]


class Route:
    """Finds the operation, or says 404 or 405; the OAuth 2 endpoints come first."""

    def __init__(
        self,
        operations: Sequence[Operation],
        endpoints: Endpoints,
        hooks: Hooks,
        *,
        any_form: bool = False,
    ) -> None:
        self._any_form = any_form
        self._router = Router(operations)
        self._endpoints = endpoints
        self._hooks = hooks

    def __call__(self, turn: Turn) -> None:
        """Set the operation and the path's variables."""
        turn.path, _, turn.query = turn.incoming.target.partition("?")
        turn.decision = self._endpoints.answer(turn.path, turn.incoming, turn.now)
        if turn.decision is not None:
            return
        method = "GET" if turn.incoming.method == "HEAD" else turn.incoming.method
        found = self._router.find(method, turn.path, turn.query)
        if found is None:
            turn.decision = Refusal(status=404, code="not_found", says="There is nothing here.")
        elif found.operation is None and not self._taken_otherwise(turn, found):
            served: Answer | None = self._hooks.first("instead", None)
            turn.decision = served or _not_allowed(found.allowed)
        elif found.operation is not None:
            chosen = found
            if found.rivals and not _fits(found):
                chosen = next(filter(_fits, found.rivals), found)
            turn.operation, turn.raw_path = chosen.operation, dict(chosen.path)
        if self._any_form and turn.operation is not None:
            _reform(turn, turn.operation)

    def _taken_otherwise(self, turn: Turn, found: Found) -> bool:
        """Whether a GET is taken for a POST, or a POST for a GET, as somebody asked for."""
        other = {"GET": "POST", "POST": "GET"}.get(turn.incoming.method, "")
        if not self._any_form or other not in found.allowed:
            return False
        chosen = self._router.find(other, turn.path, turn.query)
        if chosen is None or chosen.operation is None:
            return False
        turn.operation, turn.raw_path = chosen.operation, dict(chosen.path)
        return True


def _reform(turn: Turn, operation: Operation) -> None:
    """Take a request as the document has it, whichever way it was sent, and say so."""
    sent = turn.incoming
    turn.incoming = as_documented(sent, operation)
    if turn.incoming is not sent:
        turn.query = turn.incoming.target.partition("?")[2]
        turn.undocumented = OTHERWISE
        turn.notes.append(turn.undocumented)


def _fits(route: Found) -> bool:
    """Whether a path's values are what its template's variables may be."""
    known = route.operation.parameters_in("path") if route.operation is not None else ()
    return all(
        parameter.schema is None or _accepts(parameter.schema, route.path[parameter.name])
        for parameter in known
        if parameter.name in route.path
    )


def _accepts(schema: Schema, text: str) -> bool:
    value = Shape.of(schema).cast(unquote(text))
    return validator(schema, Direction.REQUEST).accepts(value)


def _not_allowed(allowed: Sequence[str]) -> Refusal:
    names = sorted({*allowed, *(("HEAD",) if "GET" in allowed else ())})
    return Refusal(
        status=405,
        code="method_not_allowed",
        says="Not with this method.",
        headers=(("Allow", ", ".join(names)),),
    )

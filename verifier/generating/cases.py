"""Where requests come from: the deterministic sweep first, then random depth."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from verifier.generating.deep import Deep
from verifier.generating.drawing import Drawing
from verifier.generating.parts import Holes
from verifier.generating.shrinking import shrink
from verifier.generating.sweep import sweep
from verifier.model import Case, Contract, Missing, Operation
from verifier.sampling import Unsatisfiable

__all__ = ["Cases"]

MOST_DEEP = 8


class Cases:
    """
    Implements the port ``CaseSource``.

    Args:
        seed: Same seed, same cases, in the same order.
        fixtures: Ids by parameter or resource name, bodies by operation key.
        deep: Whether to fill up with random cases where the sweep is short.
    """

    def __init__(
        self, contract: Contract, *, seed: int, fixtures: Mapping[str, Any], deep: bool = True
    ) -> None:
        self._holes = Holes(contract=contract, fixtures=fixtures)
        self._fixtures = fixtures
        self._seed = seed
        self._deep = Deep(contract, seed) if deep else None
        self._drawings: dict[str, Drawing] = {}

    def cases(self, operation: Operation, *, limit: int) -> Sequence[Case] | Missing:
        """Up to ``limit`` cases, the most telling first."""
        drawing = self._drawing(operation)
        try:
            found = list(islice(sweep(drawing), limit))
        except Unsatisfiable as error:
            return drawing.missing(error)
        room = min(limit - len(found), MOST_DEEP)
        if self._deep is not None and room > 0 and found:
            found += self._deep.cases(operation, found[0], room)
        return found

    def sample(
        self,
        operation: Operation,
        *,
        path: Mapping[str, Any],
        body: Mapping[str, Any],
        query: Mapping[str, Any],
        fresh: int = 0,
    ) -> Case | Missing:
        """One plain valid case with the given values in it; unique members differ by ``fresh``."""
        drawing = self._drawing(operation)
        try:
            draft, needs = drawing.plain(fresh)
        except Unsatisfiable as error:
            return drawing.missing(error)
        held = draft.body
        if body:
            held = {**held, **body} if isinstance(held, dict) else dict(body)
        draft = replace(
            draft,
            path={**draft.path, **path},
            query={**draft.query, **query},
            body=held,
            has_body=draft.has_body or bool(body),
        )
        given = {f"/{name}" for name in body}
        open_ = tuple(
            need
            for need in needs
            if need.name not in path and not (need.location == "body" and need.name in given)
        )
        return Case(
            operation=operation.key,
            draft=draft,
            says="a plain request",
            aspect="plain",
            needs=open_,
        )

    def shrink(self, case: Case) -> Generator[Case, bool, Case]:
        """Ever smaller candidates; send back whether each still fails."""
        operation = self._holes.contract.operation(case.operation)
        return shrink(operation, case)

    def _drawing(self, operation: Operation) -> Drawing:
        if operation.key not in self._drawings:
            self._drawings[operation.key] = Drawing(
                operation, self._holes, self._fixtures, self._seed
            )
        return self._drawings[operation.key]

"""Where requests come from: the deterministic sweep first, then random depth."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, TypeVar

from msgspec.structs import replace

from verifier.generating.deep import Deep
from verifier.generating.drawing import Drawing, Unmakable
from verifier.generating.holes import Holes
from verifier.generating.parts import media_of
from verifier.generating.shrinking import shrink
from verifier.generating.sweep import sweep
from verifier.model import Case, Contract, Draft, Missing, Need, Operation, escape

__all__ = ["Cases"]

Made = TypeVar("Made")
MOST_DEEP = 8
# A limit below this is spent on the sweep alone.
ENOUGH = 40


class Cases:
    """
    Implements the port ``CaseSource``.

    Args:
        seed: Same seed, same cases, in the same order, in every process.
        fixtures: Ids by parameter or resource name, bodies by operation key.
        changeable: The names of those fixtures that may be changed.
        deep: Whether random cases follow the sweep.
    """

    def __init__(
        self,
        contract: Contract,
        *,
        seed: int,
        fixtures: Mapping[str, Any],
        changeable: Collection[str] = (),
        deep: bool = True,
    ) -> None:
        self._contract = contract
        self._holes = Holes(contract, fixtures, changeable)
        self._fixtures = fixtures
        self._seed = seed
        self._deep = Deep(contract, seed) if deep else None
        self._drawings: dict[str, tuple[Drawing, ...]] = {}

    def cases(self, operation: Operation, *, limit: int) -> Sequence[Case] | Missing:
        """Up to ``limit`` cases, the most telling first."""
        wanted = limit - MOST_DEEP if self._deep is not None and limit >= ENOUGH else limit
        try:
            chosen, swept = self._first(operation, self._swept)
        except Unmakable as error:
            return error.missing
        found = list(islice(swept, wanted))
        if self._deep is not None and limit >= ENOUGH:
            found += self._deep.cases(chosen, found[0], MOST_DEEP)
            found += islice(swept, limit - len(found))
        return found

    def _swept(self, drawing: Drawing) -> tuple[Drawing, Iterator[Case]]:
        others = self._drawn(drawing.operation)
        swept = sweep(drawing, others[others.index(drawing) + 1 :])
        return drawing, chain([next(swept)], swept)

    def sample(
        self,
        operation: Operation,
        *,
        path: Mapping[str, Any],
        body: Mapping[str, Any],
        query: Mapping[str, Any],
        fresh: int = 0,
        least: bool = False,
    ) -> Case | Missing:
        """
        One plain valid case with the given values in it; unique members differ by ``fresh``.

        Args:
            least: Whether only what is required is in it.
        """
        try:
            draft, needs, says = self._first(
                operation, lambda drawing: drawing.sample(fresh, "minimal" if least else "plain")
            )
        except Unmakable as error:
            return error.missing
        return Case(
            operation=operation.key,
            draft=_given(draft, path=path, body=body, query=query),
            says=says,
            aspect="plain",
            needs=tuple(need for need in needs if not _is_given(need, path, body, query)),
        )

    def _first(self, operation: Operation, make: Callable[[Drawing], Made]) -> Made:
        """
        What is made in the first media type in which it can be.

        Raises:
            Unmakable: There is none; it says what the first lacks.
        """
        lacking: list[Unmakable] = []
        for drawing in self._drawn(operation):
            try:
                return make(drawing)
            except Unmakable as error:
                lacking.append(error)
        raise lacking[0]

    def shrink(self, case: Case) -> Generator[Case, bool, Case]:
        """Ever smaller candidates; send back whether each still fails."""
        return shrink(self._drawing_of(case), case)

    def renew(self, case: Case, *, fresh: int) -> Case:
        """The same case with unique members that no other ``fresh`` has."""
        return self._drawing_of(case).renewed(case, fresh)

    def _drawing_of(self, case: Case) -> Drawing:
        """What draws bodies of the case's media type."""
        drawings = self._drawn(self._contract.operation(case.operation))
        kind = case.draft.media_type
        return next((d for d in drawings if d.media and d.media.type == kind), drawings[0])

    def _drawn(self, operation: Operation) -> tuple[Drawing, ...]:
        if operation.key not in self._drawings:
            every = tuple(media_of(operation)) or (None,)
            self._drawings[operation.key] = tuple(
                Drawing(operation, media, self._holes, self._fixtures, self._seed)
                for media in every
            )
        return self._drawings[operation.key]


def _given(
    draft: Draft, *, path: Mapping[str, Any], body: Mapping[str, Any], query: Mapping[str, Any]
) -> Draft:
    """The draft with these values in it."""
    held = draft.body
    if body:
        held = {**held, **body} if isinstance(held, dict) else dict(body)
    return replace(
        draft,
        path={**draft.path, **path},
        query={**draft.query, **query},
        body=held,
        has_body=draft.has_body or bool(body),
    )


def _is_given(
    need: Need, path: Mapping[str, Any], body: Mapping[str, Any], query: Mapping[str, Any]
) -> bool:
    match need.location:
        case "path":
            return need.name in path
        case "query":
            return need.name in query
        case _:
            return any(f"{need.name}/".startswith(f"/{escape(str(name))}/") for name in body)

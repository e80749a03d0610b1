"""Random depth: schemathesis draws, we label. The only module that knows it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from msgspec.structs import replace

from verifier.generating.drawing import Drawing
from verifier.generating.labels import Label
from verifier.generating.parts import identity, values_in, with_values
from verifier.model import Case, Contract, Operation

__all__ = ["Deep"]

# Drawn for each one that is kept: some are what the sweep had, or not what the document asks for.
SPARE = 2
VARIED = ("query", "cookie")


class Deep:
    """
    Draws valid cases at random.

    A document of several files, or one that schemathesis cannot read, has none: the sweep stands
    alone then.
    """

    def __init__(self, contract: Contract, seed: int) -> None:
        self._contract = contract
        self._seed = seed
        self._schema: Any = None
        self._tried = False

    def cases(self, drawing: Drawing, plain: Case, limit: int) -> list[Case]:
        """Up to ``limit`` cases, each checked to be valid; what must exist stays a need."""
        seen = {identity(plain.draft)}
        kept: list[Case] = []
        if not _varies(drawing, plain):
            return kept

        def keep(drawn: Any) -> bool:
            case = _labelled(drawing, plain, drawn)
            if case is not None and identity(case.draft) not in seen:
                seen.add(identity(case.draft))
                kept.append(case)
            return len(kept) < limit

        self._draw(drawing.operation, limit * SPARE, keep)
        return kept

    def _draw(self, operation: Operation, count: int, keep: Callable[[Any], bool]) -> None:
        """Hand what is drawn to ``keep`` as long as it wants more."""
        target = self._operation(operation)
        if target is None:
            return
        from schemathesis import GenerationMode  # start-up time

        from verifier.generating.drawn import draw  # start-up time

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # A generator's trouble is not the vendor's: what came before it is kept.
            with suppress(Exception):
                strategy = target.as_strategy(generation_mode=GenerationMode.POSITIVE)
                draw(strategy, count, self._seed, keep)

    def _operation(self, operation: Operation) -> Any:
        schema = self._loaded()
        if schema is None:
            return None
        try:
            return schema[operation.path][operation.method]
        except LookupError:
            return None

    def _loaded(self) -> Any:
        if not self._tried:
            self._tried = True
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    import schemathesis  # start-up time

                    root = self._contract.document.root
                    self._schema = schemathesis.openapi.from_dict(dict(root))
                except Exception:  # noqa: BLE001  (a document that it cannot read has no depth)
                    self._schema = None
        return self._schema


def _varies(drawing: Drawing, plain: Case) -> bool:
    """Whether anything of an operation's requests is drawn at all; ids in a path are not."""
    free = (p for p in drawing.parameters if p.location in VARIED)
    return plain.draft.has_body or any(drawing.need_of(p) is None for p in free)


def _labelled(drawing: Drawing, plain: Case, drawn: Any) -> Case | None:
    """The case of what was drawn; None where it is not what the document asks for."""
    draft, needs = plain.draft, tuple(n for n in plain.needs if n.location == "path")
    for location, values in (("query", drawn.query), ("cookie", drawn.cookies)):
        free = {
            parameter.name: _plain(values[parameter.name])
            for parameter in drawing.parameters
            if parameter.location == location
            and isinstance(values, Mapping)
            and parameter.name in values
            and drawing.need_of(parameter) is None
        }
        draft = with_values(draft, location, {**values_in(draft, location), **free})
    needs += tuple(n for n in plain.needs if n.location not in ("path", "body"))
    if draft.has_body and drawn.media_type == draft.media_type:
        body = _plain(drawn.body)
        if not isinstance(body, (dict, list, str, int, float, bool)):
            return None
        body, more = drawing.filled(body)
        draft, needs = replace(draft, body=body), needs + more
    elif draft.has_body:
        needs = plain.needs
    if drawing.labels.of(draft) is not Label.VALID:
        return None
    return replace(
        plain, draft=draft, needs=needs, says="a random valid request", aspect="deep", phase="deep"
    )


def _plain(value: Any) -> Any:
    """A drawn value as plain data; what was not drawn is nothing."""
    if isinstance(value, Mapping):
        return {str(key): _plain(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return {}

"""Random depth: schemathesis and Hypothesis draw, we label. The only module that imports them."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from verifier.generating.parts import is_valid
from verifier.model import Case, Contract, Operation

__all__ = ["Deep"]


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

    def cases(self, operation: Operation, plain: Case, limit: int) -> list[Case]:
        """Up to ``limit`` cases, each checked to be valid; ids are taken from the plain one."""
        drawn = self._draw(operation, limit)
        found = []
        for case in drawn:
            draft = replace(
                plain.draft,
                query=_plain(case.query),
                body=_plain(case.body) if plain.draft.has_body else None,
            )
            for need in plain.needs:
                if need.location == "body":
                    draft = replace(draft, body=plain.draft.body)
            if draft != plain.draft and is_valid(operation, draft):
                says, aspect = "a random valid request", "deep"
                found.append(replace(plain, draft=draft, says=says, aspect=aspect, phase="deep"))
        return found

    def _draw(self, operation: Operation, limit: int) -> list[Any]:
        import hypothesis  # start-up time
        from hypothesis import HealthCheck, Phase
        from schemathesis import GenerationMode

        target = self._operation(operation)
        if target is None:
            return []
        drawn: list[Any] = []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                strategy = target.as_strategy(generation_mode=GenerationMode.POSITIVE)

                @hypothesis.seed(self._seed)
                @hypothesis.settings(
                    max_examples=limit,
                    database=None,
                    deadline=None,
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                    verbosity=hypothesis.Verbosity.quiet,
                )
                @hypothesis.given(strategy)
                def collect(case: Any) -> None:
                    drawn.append(case)

                collect()
            except Exception:  # noqa: BLE001  (a generator's trouble is not the vendor's)
                return drawn
        return drawn[:limit]

    def _operation(self, operation: Operation) -> Any:
        schema = self._loaded()
        if schema is None:
            return None
        try:
            return schema[operation.path][operation.method]
        except (KeyError, LookupError):
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


def _plain(value: Any) -> Any:
    """A drawn value as plain data; what was not drawn is nothing."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return {}

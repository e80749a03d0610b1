"""
A value that the source's document lists leads nowhere: its table has no row for it, or the target
does not list it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from verifier.mapping.analysis.finding import Finding, Weight, Witness
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene, Sited
from verifier.mapping.chains import Chain, Stage
from verifier.mapping.exact_json import dumps
from verifier.mapping.nouns import Path
from verifier.mapping.tables import key_of

__all__ = ["RULE"]

MOST = 200


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, target in scene.chained:
        choices = [_choices(scene, source.path) for source in chain.sources]
        if any(values is None for values in choices) or chain.combine is not None:
            continue
        if chain.table is not None:
            yield from _without_row(scene, sited, chain, [v or () for v in choices])
        elif target.facts.enum is not None and not sited.rule.via:
            yield from _not_listed(scene, sited, chain, target.facts.enum)


def _choices(scene: Scene, path: Path) -> tuple[Any, ...] | None:
    """The values that a field may have, where its document lists them."""
    facts = scene.source.facts(path)
    if facts.enum is None and facts.only == "boolean":
        return (True, False)
    return facts.enum


def _without_row(
    scene: Scene, sited: Sited, chain: Chain, choices: list[tuple[Any, ...]]
) -> Iterator[Finding]:
    assert chain.table is not None  # noqa: S101  (for the type checker)
    before = [stage for stage in chain.stages if not stage.name.startswith("table ")]
    many = len(choices) > 1
    for combined in islice(product(*choices), MOST):
        given = combined if many else _through(before, combined[0])
        if key_of(given) in chain.table.rows:
            continue
        shown = list(combined) if many else combined[0]
        fields = " and ".join(f"'{source.path}'" for source in chain.sources)
        act = sited.rule.policies["on_unknown"].act.value
        yield Finding(
            path=sited.name,
            says=f"table '{sited.rule.table}' has no row for {json(shown)} of {fields}",
            mend="Add a row: {from: ..., to: ..., relation: ...}.",
            at=chain.table.table.place,
            source=scene.source.place(chain.sources[0].path),
            target=scene.target.place(sited.rule.target),
            witness=Witness(value=shown, becomes=f"has no row; the record follows {act}"),
        )


def _through(stages: list[Stage], value: Any) -> Any:
    for stage in stages:
        if not isinstance(value, str):
            break
        value = stage.way(value)
    return value


def _not_listed(
    scene: Scene, sited: Sited, chain: Chain, listed: tuple[Any, ...]
) -> Iterator[Finding]:
    for source in chain.sources:
        for value in _choices(scene, source.path) or ():
            if value not in listed:
                yield Finding(
                    path=sited.name,
                    says=f"{json(value)} of '{source.path}' is not among the values of"
                    f" '{sited.name}'",
                    mend="Translate it with a table, which says what becomes of each value.",
                    at=sited.rule.place,
                    source=scene.source.place(source.path),
                    target=scene.target.place(sited.rule.target),
                    witness=Witness(value=value, becomes="is not taken by the target"),
                )


def json(value: Any) -> str:
    """A value as the contract writes it."""
    return dumps(value).decode()


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

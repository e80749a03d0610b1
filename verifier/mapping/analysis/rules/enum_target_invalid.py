"""
A row leads to a value that the target does not take.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.loading.declaration import nearest
from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.validating import validator

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, target in scene.chained:
        if chain.table is None:
            continue
        judge = validator(target.shape.schema(), scene.target.direction)
        listed = [str(value) for value in target.facts.enum or ()]
        for row in chain.table.table.rows:
            if row.made is None or judge.accepts(row.made):
                continue
            yield Finding(
                path=sited.name,
                says=f"'{sited.name}' does not take '{row.made}'",
                mend=nearest(str(row.made), listed) or f"It takes: {', '.join(listed)}.",
                at=row.place,
                target=scene.target.place(sited.rule.target),
            )


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

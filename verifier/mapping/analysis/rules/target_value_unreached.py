"""
The target lists a value that no row leads to.

It may be right (the books mark an invoice as paid by themselves); then it is listed under
``unreached_ok``. A value that the target's document gains shows up here.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.nouns import Act

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, target in scene.chained:
        if chain.table is None or target.facts.enum is None:
            continue
        table = chain.table.table
        reached = [row.made for row in table.rows] + list(table.unreached_ok)
        reached += [p.value for p in sited.rule.policies.values() if p.act is Act.DEFAULT]
        for value in target.facts.enum:
            if value not in reached:
                yield Finding(
                    path=sited.name,
                    says=f"no row of table '{table.name}' leads to '{value}' of '{sited.name}'",
                    mend=f"Add a row, or accept it: unreached_ok: [{value}].",
                    at=table.place,
                    target=scene.target.place(sited.rule.target),
                )


RULE = AnalysisRule(weight=Weight.WARNING, look=_look)

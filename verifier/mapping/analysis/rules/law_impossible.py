"""
A field promises to come back exactly as it was, and a step levels or loses something.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.chains import Chain
from verifier.mapping.nouns import Law
from verifier.mapping.operations import Nature

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, _ in scene.chained:
        if sited.rule.law is Law.EXACT:
            why = _inexact(chain)
        elif sited.rule.law is Law.NORMAL_FORM and chain.table is not None and chain.table.lossy:
            why = f"table '{sited.rule.table}' makes one value of several"
        else:
            continue
        if why:
            yield Finding(
                path=sited.name,
                says=f"'{sited.name}' promises law: {sited.rule.law.value}, and {why}",
                mend="Promise less (normal_form: up to spelling; echo: what was not changed), or do"
                " less.",
                at=sited.rule.at("law"),
            )


def _inexact(chain: Chain) -> str:
    for stage in chain.stages:
        if stage.nature is not Nature.INVERTIBLE:
            return f"'{stage.name}' does not keep how it was written"
    for value in (*chain.sources, chain.target):
        if value.kind.normal:
            return f"a {value.typed} can be written in several ways"
    return "what is combined comes apart by rule" if chain.combine else ""


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

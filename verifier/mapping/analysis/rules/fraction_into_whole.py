"""
A number may have a fraction, and the target takes whole ones only; nothing rounds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene

__all__ = ["RULE"]

FRACTIONS = (Decimal("0.5"), Decimal("1.5"), Decimal("0.1"))


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, target in scene.chained:
        meaning = chain.target.meaning
        if target.facts.only != "integer" or (meaning is not None and meaning.kind != "number"):
            continue
        if sited.rule.policies["on_invalid"].stated:
            continue
        for source in chain.sources:
            if source.typed not in ("number", "share"):
                continue
            trial = scene.trials.first(sited.rule.target, source, FRACTIONS, "on_invalid")
            if trial is not None:
                yield Finding(
                    path=sited.name,
                    says=f"'{source.path}' may have a fraction, and '{sited.name}' takes whole"
                    " numbers only",
                    mend="Round it: via: [{round: {places: 0, mode: half_up}}].",
                    at=sited.rule.place,
                    source=scene.source.place(source.path),
                    target=scene.target.place(sited.rule.target),
                    witness=trial.witness(),
                )
                break


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

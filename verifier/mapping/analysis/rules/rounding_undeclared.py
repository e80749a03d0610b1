"""
An amount may have a fraction of the smallest unit, and nobody says how it is rounded.

Half a cent up or to the even neighbour: over a year of invoices it is money.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene

__all__ = ["RULE"]

TINY = (Decimal("0.001"), Decimal("0.0001"))


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, _ in scene.chained:
        meaning = chain.target.meaning
        if meaning is None or meaning.kind != "money" or "rounding" in meaning.given:
            continue
        for source in chain.sources:
            if source.typed != "number":
                continue
            trial = scene.trials.first(sited.rule.target, source, TINY, "on_invalid")
            if trial is not None:
                yield Finding(
                    path=sited.name,
                    says=f"'{sited.name}' may have to be rounded, and nobody says how",
                    mend=f"Add rounding to the meaning of '{sited.name}', such as half_up.",
                    at=sited.rule.place,
                    source=scene.source.place(source.path),
                    target=scene.target.place(sited.rule.target),
                    witness=trial.witness(),
                )
                break


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

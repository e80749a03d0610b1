"""
The source may have any text, the target only certain values; the rule does not say what is done
with the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight, Witness
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene, Sited
from verifier.mapping.chains import Value

__all__ = ["RULE"]

STRANGE = ("x", "1", "A", "verifier")


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, target in scene.chained:
        if target.facts.enum is None or chain.combine is not None:
            continue
        trouble = "on_unknown" if chain.table else "on_invalid"
        if sited.rule.policies[trouble].stated:
            continue
        for source in chain.sources:
            facts = scene.source.facts(source.path)
            if facts.enum is not None or not facts.allows("string"):
                continue
            witness = _witness(scene, sited, source, trouble)
            if witness is not None:
                yield Finding(
                    path=sited.name,
                    says=f"'{source.path}' is any text, and '{sited.name}' takes some values only",
                    mend=f"Write {trouble} at the field, such as {trouble}: escalate.",
                    at=sited.rule.place,
                    source=scene.source.place(source.path),
                    target=scene.target.place(sited.rule.target),
                    witness=witness,
                )
                break


def _witness(scene: Scene, sited: Sited, source: Value, trouble: str) -> Witness | None:
    values = (*STRANGE, "CHF", "AFN")
    trial = scene.trials.first(sited.rule.target, source, values, trouble)
    return trial.witness() if trial else None


RULE = AnalysisRule(weight=Weight.WARNING, look=_look)

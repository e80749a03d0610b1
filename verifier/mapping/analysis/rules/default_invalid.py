"""
A default is no value that the target takes.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.nouns import Act
from verifier.validating import validator

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for sited in scene.rules:
        if sited.target is None:
            continue
        judge = validator(sited.target.shape.schema(), scene.target.direction)
        for trouble, policy in sited.rule.policies.items():
            if policy.act is not Act.DEFAULT or judge.accepts(policy.value):
                continue
            wrong = judge.errors(policy.value, limit=1)
            why = wrong[0].says if wrong else "is not what its schema takes"
            yield Finding(
                path=sited.name,
                says=f"the default of {trouble} at '{sited.name}' {why}",
                mend="Give a value that the target's schema takes.",
                at=policy.place,
                target=scene.target.place(sited.rule.target),
            )


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

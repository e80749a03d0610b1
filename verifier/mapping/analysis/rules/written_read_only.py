"""
A rule writes a field that the target sets itself (readOnly).
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for sited in scene.rules:
        if sited.target is not None and sited.target.facts.read_only:
            yield Finding(
                path=sited.name,
                says=f"{scene.target.title} sets '{sited.name}' itself (readOnly)",
                mend="Take the rule out; if the value is needed, ask for a field to keep it in.",
                at=sited.rule.place,
                target=scene.target.place(sited.rule.target),
            )


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

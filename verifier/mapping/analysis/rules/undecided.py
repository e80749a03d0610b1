"""
A rule says what a person has still to decide.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for sited in scene.rules:
        if sited.rule.undecided:
            yield Finding(
                path=sited.name,
                says=f"'{sited.name}' is still open: {sited.rule.undecided}",
                mend="Ask, and replace undecided by what was decided.",
                at=sited.rule.place,
                target=scene.target.place(sited.rule.target),
            )


RULE = AnalysisRule(weight=Weight.WARNING, look=_look)

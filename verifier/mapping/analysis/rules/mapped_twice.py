"""
An object is written as a whole, and some of its members by rules of their own.

Which of the two comes last is an accident.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for outer, place in scene.written.items():
        for inner, other in scene.written.items():
            if inner != outer and inner.inside(outer):
                yield Finding(
                    path=str(outer),
                    says=f"'{outer}' is written as a whole, and {other} writes '{inner}' in it",
                    mend="Keep one of the two ways.",
                    at=place,
                    target=scene.target.place(outer),
                )
                break


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

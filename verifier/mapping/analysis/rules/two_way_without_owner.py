"""
A field goes both ways, and nobody says whose value counts where both sides have changed it.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.nouns import Owner

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for sited in scene.rules:
        rule = sited.rule
        if not scene.contract.two_way or rule.undecided:
            continue
        if rule.owner is None:
            yield Finding(
                path=sited.name,
                says=f"both sides may change '{sited.name}': nobody says whose value counts",
                mend="Add owner: source, target, newest or most_restrictive.",
                at=rule.place,
            )
        elif rule.owner is Owner.MOST_RESTRICTIVE and "restrictive" not in rule.places:
            yield Finding(
                path=sited.name,
                says=f"'{sited.name}' takes the most restrictive value: nobody says which that is",
                mend="Add restrictive: with the target's value that wins, such as false.",
                at=rule.place,
            )


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

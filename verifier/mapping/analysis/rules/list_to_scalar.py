"""
A list is put where one value stands, and nobody says which of its items is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene, Sited
from verifier.mapping.nouns import Path

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, target in scene.chained:
        scalar = target.facts.types and not target.facts.types & {"array", "object"}
        reduced = any(stage.name in ("first", "last", "join") for stage in chain.stages)
        for source in chain.sources:
            if scalar and not reduced and (source.typed == "list" or _entered(sited, source.path)):
                yield Finding(
                    path=sited.name,
                    says=f"'{source.path}' is a list, and '{sited.name}' holds one value",
                    mend="Say which: via: [first], [last] or [{join: ', '}].",
                    at=sited.rule.at("from"),
                    source=scene.source.place(source.path),
                    target=scene.target.place(sited.rule.target),
                )


def _entered(sited: Sited, path: Path) -> bool:
    """Whether a path leads into a list that the rule's block does not go through."""
    if sited.block is not None and path.inside(sited.block.each):
        return path.below(sited.block.each).many
    return path.many


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

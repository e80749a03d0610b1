"""
An optional field of the target is neither written nor left out on purpose.

Each one is decided once: written by a rule, or listed under ``left_unset`` with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene, covers
from verifier.mapping.nouns import Path

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    named = [reason.path for reason in scene.contract.left_unset]
    reported: list[Path] = []
    for field in scene.target_fields:
        if field.required or field.facts.read_only or scene.is_written(field.path):
            continue
        if covers([*named, *reported], field.path):
            continue
        reported.append(field.path)
        yield Finding(
            path=str(field.path),
            says=f"nobody has decided about '{field.path}' of {scene.target.title}",
            mend=f"Add a rule, or add it under left_unset: '{field.path}: REASON'.",
            at=scene.contract.place,
            target=scene.target.place(field.path),
        )


RULE = AnalysisRule(weight=Weight.WARNING, look=_look)

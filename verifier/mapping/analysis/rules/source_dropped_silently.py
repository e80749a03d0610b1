"""
A field of the source goes nowhere, and nobody says why.

Each field is used, or listed under ``dropped`` with a reason: a field that is forgotten looks just
like one that is not needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene, covers
from verifier.mapping.nouns import Path

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    named = [reason.path for reason in scene.contract.dropped]
    reported: list[Path] = []
    for field in scene.source_fields:
        if scene.is_read(field.path) or covers([*named, *reported], field.path):
            continue
        reported.append(field.path)
        yield Finding(
            path=str(field.path),
            says=f"'{field.path}' of {scene.source.title} goes nowhere, and nobody says why",
            mend=f"Use it in a rule, or add it under dropped: '{field.path}: REASON'.",
            at=scene.contract.place,
            source=scene.source.place(field.path),
        )


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

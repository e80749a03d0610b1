"""
A meaning is declared for a field that there is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.loading.declaration import nearest
from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.shapes import find

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for side, fields in (
        (scene.source, scene.source_fields),
        (scene.target, scene.target_fields),
    ):
        known = [str(field.path) for field in fields]
        for path, meaning in side.meaning.items():
            if find(side.shape, path) is None:
                yield Finding(
                    path=str(path),
                    says=f"{side.title} has no field '{path}'",
                    mend=nearest(str(path), known) or "Take the line out.",
                    at=meaning.place,
                )


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

"""
``dropped`` or ``left_unset`` gives a reason for a field that there is not.
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
    sides = (
        (scene.contract.dropped, scene.source, scene.source_fields),
        (scene.contract.left_unset, scene.target, scene.target_fields),
    )
    for reasons, side, fields in sides:
        known = [str(field.path) for field in fields]
        for reason in reasons:
            if find(side.shape, reason.path) is None:
                yield Finding(
                    path=str(reason.path),
                    says=f"{side.title} has no field '{reason.path}'",
                    mend=nearest(str(reason.path), known) or "Take the line out.",
                    at=reason.place,
                )


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

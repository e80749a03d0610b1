"""
The target requires a field that no rule writes.

What the target sets itself (readOnly) is not asked of us.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.nouns import Path

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    reasons = {reason.path: reason.place for reason in scene.contract.left_unset}
    for field in scene.target_fields:
        if not field.required or field.facts.read_only or not _made(scene, field.path.parent):
            continue
        if scene.is_written(field.path):
            continue
        excused = " 'left_unset' does not help: it refuses a record without it." * (
            field.path in reasons
        )
        yield Finding(
            path=str(field.path),
            says=f"{scene.target.title} requires '{field.path}', and no rule writes it.{excused}",
            mend=f"Add a rule under fields: '{field.path}: {{from: ...}}'.",
            at=reasons.get(field.path, scene.contract.place),
            target=scene.target.place(field.path),
        )


def _made(scene: Scene, path: Path) -> bool:
    """Whether the object that it stands in is made at all."""
    return not path.parts or scene.is_written(path)


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

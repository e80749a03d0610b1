"""
A field is said to be dropped, or left unset, and a rule uses it.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.nouns import Path

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    linked = _linked(scene)
    for reason in scene.contract.dropped:
        if reason.path in scene.read and reason.path not in linked:
            yield Finding(
                path=str(reason.path),
                says=f"'{reason.path}' is said to be dropped,"
                f" and {scene.read[reason.path]} reads it",
                mend="Take one of the two out.",
                at=reason.place,
                source=scene.source.place(reason.path),
            )
    for reason in scene.contract.left_unset:
        if reason.path in scene.written:
            place = scene.written[reason.path]
            yield Finding(
                path=str(reason.path),
                says=f"'{reason.path}' is said to be left unset, and {place} writes it",
                mend="Take one of the two out.",
                at=reason.place,
                target=scene.target.place(reason.path),
            )


def _linked(scene: Scene) -> frozenset[Path]:
    """Fields that tell which record it is: they are read for that, and may go nowhere else."""
    link = scene.contract.match.link if scene.contract.match else None
    return frozenset({link.source}) if link else frozenset()


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

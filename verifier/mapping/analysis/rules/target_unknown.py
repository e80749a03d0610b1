"""A rule writes a field that the target's document does not know."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.loading.declaration import nearest
from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.shapes import find

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    known = [str(field.path) for field in scene.target_fields]
    lists = {block.target: block.place for block in scene.blocks}
    for path, place in {**scene.written, **lists}.items():
        if find(scene.target.shape, path) is None:
            yield Finding(
                path=str(path),
                says=f"{scene.target.title} has no field '{path}'",
                mend=nearest(str(path), known) or "Name a field of the target's schema.",
                at=place,
                target=scene.target.place(path.parent),
            )


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

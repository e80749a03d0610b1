"""A rule reads a field that the source's document does not know."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.loading.declaration import nearest
from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    known = [str(field.path) for field in scene.source_fields]
    lists = {block.each: block.at("each") for block in scene.blocks}
    for path, place in {**scene.read, **lists}.items():
        if path.parts and scene.source_field(path) is None:
            yield Finding(
                path=str(path),
                says=f"{scene.source.title} has no field '{path}'",
                mend=nearest(str(path), known) or "Name a field of the source's schema.",
                at=place,
                source=scene.source.place(path.parent),
            )


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

"""
A field is said to mean something that its JSON type cannot hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.kinds import kinds
from verifier.mapping.shapes import find

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for side in (scene.source, scene.target):
        for path, meaning in side.meaning.items():
            field = find(side.shape, path)
            possible = kinds()[meaning.kind].types(meaning.given)
            if field is None or any(field.facts.allows(kind) for kind in possible):
                continue
            types = " or ".join(sorted(field.facts.types))
            place = {side.name: side.place(path)}
            yield Finding(
                path=str(path),
                says=f"'{path}' is said to be a {meaning.kind}, and its schema says {types}",
                mend=f"A {meaning.kind} stands in {' or '.join(possible)}; correct one of the two.",
                at=meaning.place,
                source=place.get("source"),
                target=place.get("target"),
            )


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

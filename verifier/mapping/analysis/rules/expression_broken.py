"""
An expression cannot be read, or names a field that there is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.loading.declaration import nearest
from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.cel import CelFault, program, references
from verifier.mapping.nouns import Path
from verifier.mapping.opening import OpenSide
from verifier.mapping.shapes import find, walk
from verifier.model import Place

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for cel, place, scope in _expressions(scene):
        names = ("source", "item", "target") if scope.parts else ("source", "target")
        try:
            program(cel, names)
        except CelFault as fault:
            yield Finding(
                path="",
                says=f"the expression cannot be used: {fault}",
                mend="See 'Expressions' in the guide to mappings.",
                at=place,
            )
            continue
        for variable, path in references(cel):
            side = {"source": scene.source, "target": scene.target}.get(variable)
            whole = scope + path if variable == "item" else path
            side = scene.source if variable == "item" and scope.parts else side
            if side is not None and not _known(side, whole):
                fields = [str(field.path) for field in walk(side.shape)]
                yield Finding(
                    path=str(path),
                    says=f"{side.title} has no field '{whole}', which the expression names",
                    mend=nearest(str(path), fields) or "Correct the name.",
                    at=place,
                )


def _expressions(scene: Scene) -> Iterator[tuple[str, Place, Path]]:
    for invariant in scene.contract.invariants:
        yield invariant.cel, invariant.place, Path(())
    for rule, block in scene.contract.rules():
        if rule.cel:
            yield rule.cel, rule.at("cel"), block.each if block else Path(())
    verify = scene.contract.verify
    for cel in verify.derive.values():
        yield cel, verify.places["derive"], Path(())


def _known(side: OpenSide, path: Path) -> bool:
    return find(side.shape, path) is not None or side.shape.names() == ()


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

"""
An amount is counted in a currency that no field names.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.loading.declaration import nearest
from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.currencies import CURRENCIES
from verifier.mapping.nouns import Path, parse_path
from verifier.mapping.opening import OpenSide
from verifier.mapping.shapes import find, walk

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for side in (scene.source, scene.target):
        for path, meaning in side.meaning.items():
            named = str(meaning.given.get("currency", ""))
            currency = parse_path(named) if meaning.kind == "money" else None
            if currency is None or named in CURRENCIES:
                continue
            why = _wrong(scene, side, currency)
            if why:
                place = {side.name: side.place(path)}
                known = [str(field.path) for field in walk(side.shape)]
                yield Finding(
                    path=str(path),
                    says=f"'{path}' is counted in the currency that '{named}' names, and {why}",
                    mend=nearest(named, known) or "Name the currency's field, or a code.",
                    at=meaning.place,
                    source=place.get("source"),
                    target=place.get("target"),
                )


def _wrong(scene: Scene, side: OpenSide, currency: Path) -> str:
    if find(side.shape, currency) is None:
        return f"{side.title} has no such field"
    if side.name == "target" and currency not in scene.written:
        return "no rule writes it"
    return ""


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

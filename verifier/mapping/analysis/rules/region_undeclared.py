"""
A telephone number may come without a country code, and nobody says where it is dialled.

0612345678 is a number in a dozen countries.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for side in (scene.source, scene.target):
        for path, meaning in side.meaning.items():
            read = side.name == "source" or scene.contract.two_way
            international = meaning.given.get("form") in ("e164", "international")
            if meaning.kind == "phone" and read and not international:
                if "region" in meaning.given:
                    continue
                yield Finding(
                    path=str(path),
                    says=f"nobody says where a number in '{path}' without country code is dialled",
                    mend="Add its region, such as region: FR (form: e164, where all have a code).",
                    at=meaning.place,
                    source=scene.source.place(path) if side is scene.source else None,
                    target=scene.target.place(path) if side is scene.target else None,
                )


RULE = AnalysisRule(weight=Weight.WARNING, look=_look)

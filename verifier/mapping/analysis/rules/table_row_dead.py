"""
A row is for a value that the source cannot have.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.loading.declaration import nearest
from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.chains import Chain

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, _ in scene.chained:
        if chain.table is None or (sited.rule.via and len(chain.sources) == 1):
            continue
        for row in chain.table.table.rows:
            given = row.given if len(chain.sources) > 1 else (row.given,)
            why, near = _dead(scene, chain, given)
            if why:
                yield Finding(
                    path=sited.name,
                    says=why,
                    mend=near or "Take the row out.",
                    at=row.place,
                    source=scene.source.place(chain.sources[0].path),
                )


def _dead(scene: Scene, chain: Chain, given: Any) -> tuple[str, str]:
    if not isinstance(given, tuple) or len(given) != len(chain.sources):
        many = len(chain.sources)
        return f"the row is not for {many} fields, and the rule reads {many}", ""
    for source, value in zip(chain.sources, given, strict=True):
        listed = scene.source.facts(source.path).enum
        if listed is not None and not any(type(v) is type(value) and v == value for v in listed):
            near = nearest(str(value), [str(v) for v in listed])
            return f"'{source.path}' is never {value!r}", near
    return "", ""


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

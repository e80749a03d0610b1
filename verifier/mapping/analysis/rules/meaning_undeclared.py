"""
One side says that a field is an amount, a date or a share, and the other does not.

A schema says ``number`` or ``string`` of all three. Whether 20 is twenty euros, twenty cents or a
fifth, and whether 04/03 is in March, has to be said on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.chains import Chain, Value

__all__ = ["RULE"]

TELLING = ("money", "date", "datetime", "percent")


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, _ in scene.chained:
        for near, far in _pairs(chain):
            if near.meaning is None or near.meaning.kind not in TELLING or far.meaning is not None:
                continue
            if far.typed in ("boolean", "list", "object") or _written_out(chain):
                continue
            kind = near.meaning.kind
            yield Finding(
                path=sited.name,
                says=f"'{near.path}' is a {kind}, and nobody says what '{far.path}' of"
                f" {far.side.title} is",
                mend=f"Add under meaning, {far.side.name}: '{far.path}: {{kind: {kind}, ...}}'.",
                at=sited.rule.place,
                source=scene.source.place(chain.sources[0].path),
                target=scene.target.place(sited.rule.target),
            )
            break


def _pairs(chain: Chain) -> Iterator[tuple[Value, Value]]:
    if chain.table is not None:
        return
    money = [s for s in chain.sources if s.meaning is not None and s.meaning.kind in TELLING]
    source = money[0] if money else chain.sources[0]
    yield chain.target, source
    yield source, chain.target


def _written_out(chain: Chain) -> bool:
    """Whether a step makes a text of it on purpose."""
    return any(stage.name in ("template", "cast") for stage in chain.stages)


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

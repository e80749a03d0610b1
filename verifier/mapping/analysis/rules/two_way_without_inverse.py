"""
A field goes both ways, and something that is done to it cannot be undone.

What is done on the way back is said then: ``back``, at the field or the table.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.chains import Chain
from verifier.mapping.tables import key_of

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    if not scene.contract.two_way:
        return
    for sited, chain, _ in scene.chained:
        why = "" if sited.rule.back_via is not None else _irreversible(chain)
        if why:
            yield Finding(
                path=sited.name,
                says=f"'{sited.name}' goes both ways, and {why}",
                mend="Say what is done on the way back (back), or make the field one-way.",
                at=sited.rule.place,
                source=scene.source.place(chain.sources[0].path),
                target=scene.target.place(sited.rule.target),
            )
    for rule, block in scene.contract.rules():
        if block is not None or rule.cel or rule.constant:
            yield Finding(
                path=str(rule.target),
                says=f"'{rule.target}' goes both ways; a computed value or a list has no way back",
                mend="Map it in a one-way contract of its own.",
                at=rule.place,
            )


def _irreversible(chain: Chain) -> str:
    if chain.combine is not None and chain.combine.split is None:
        return "what is combined cannot be taken apart again"
    if chain.combine is None and len(chain.sources) > 1:
        return "nobody knows which of its fields a value came from"
    for stage in chain.stages:
        if stage.undo is None:
            return f"'{stage.name}' cannot be undone"
    if chain.table is not None:
        for row in chain.table.table.rows:
            if row.made is not None and key_of(row.made) not in chain.table.back:
                return f"several values become '{row.made}': nobody says which on the way back"
    return ""


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

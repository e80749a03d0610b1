"""
No rule uses a table.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    used = {rule.table for rule, _ in scene.contract.rules()}
    for name, table in scene.contract.tables.items():
        if name not in used:
            yield Finding(
                path=f"table {name}",
                says=f"no rule uses table '{name}'",
                mend=f"Use it in a rule (table: {name}), or take it out.",
                at=table.place,
            )


RULE = AnalysisRule(weight=Weight.WARNING, look=_look)

"""
A row says that the target has no counterpart, and not what is done then.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for table in scene.contract.tables.values():
        for row in table.rows:
            if row.made is None and row.act is None:
                yield Finding(
                    path=f"table {table.name}",
                    says=f"nobody says what becomes of {row.given!r}, which has no counterpart",
                    mend="Add do: escalate (or quarantine, reject, omit), and because.",
                    at=row.place,
                )


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

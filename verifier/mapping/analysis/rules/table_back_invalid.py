"""
The way back of a table leads from, or to, a value that no row knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.loading.declaration import nearest
from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for table in scene.contract.tables.values():
        made = [str(row.made) for row in table.rows if row.made is not None]
        given = [row.given for row in table.rows]
        for name, value in table.back.items():
            unknown = name if name not in made else "" if value in given else str(value)
            if unknown:
                known = made if name not in made else [str(one) for one in given]
                yield Finding(
                    path=f"table {table.name}",
                    says=f"back of table '{table.name}' names '{unknown}', which is in no row",
                    mend=nearest(unknown, known) or f"Known: {', '.join(known)}.",
                    at=table.place,
                )


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

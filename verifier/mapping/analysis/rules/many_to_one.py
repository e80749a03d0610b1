"""
Several values of the source become one of the target, and nobody says that it is meant.

One way, it is a loss. Both ways, the way back has to choose: a customer who asked not to be
contacted must not come back as one who merely left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.nouns import Row
from verifier.mapping.tables import key_of

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    weight = Weight.ERROR if scene.contract.two_way else Weight.WARNING
    for table in scene.contract.tables.values():
        groups: dict[Any, list[Row]] = {}
        for row in table.rows:
            if row.made is not None:
                groups.setdefault(key_of(row.made), []).append(row)
        for rows in groups.values():
            accepted = [key_of(group) for group in table.lossy_ok]
            given = [key_of(row.given) for row in rows]
            if len(set(given)) > 1 and not any(set(given) <= set(group) for group in accepted):
                values = ", ".join(str(row.given) for row in rows)
                yield Finding(
                    weight=weight,
                    path=f"table {table.name}",
                    says=f"{values} all become '{rows[0].made}', and nobody says that it is meant",
                    mend=f"Accept it by name: lossy_ok: [[{values}]].",
                    at=rows[-1].place,
                )


RULE = AnalysisRule(weight=Weight.WARNING, look=_look)

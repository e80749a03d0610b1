"""
Two rows of a table are for the same value: the last one counts, and nobody sees the first.
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
    for table in scene.contract.tables.values():
        seen: dict[Any, Row] = {}
        for row in table.rows:
            first = seen.setdefault(key_of(row.given), row)
            if first is not row:
                yield Finding(
                    path=f"table {table.name}",
                    says=f"line {first.place.line} has a row for {row.given!r} already",
                    mend="Keep one of them.",
                    at=row.place,
                )


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

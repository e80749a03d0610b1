"""
A row loses something, and nobody has signed for it.

Who owns the data agrees to a loss by name, once, and not when it is missed.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.nouns import Relation

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for table in scene.contract.tables.values():
        for row in table.rows:
            if row.relation is Relation.BROADER and not row.signed:
                yield Finding(
                    path=f"table {table.name}",
                    says=f"'{row.given}' becomes the broader '{row.made}': nobody has signed it",
                    mend="Ask who owns the data, and add signed: WHO.",
                    at=row.place,
                )


RULE = AnalysisRule(weight=Weight.WARNING, look=_look)

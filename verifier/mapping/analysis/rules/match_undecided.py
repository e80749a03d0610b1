"""
It is said by which key records are found, and not what is done where none, or several, are.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene

__all__ = ["RULE"]

SAYS = {
    "on_none.source_only": "where no record of the target is found",
    "on_none.target_only": "where only the target has a record",
    "on_many": "where several records of the target are found",
    "on_duplicate_in_one_side": "where two records of one side have the same key",
}


def _look(scene: Scene) -> Iterator[Finding]:
    match = scene.contract.match
    if match is None:
        return
    needed = ["on_none.source_only"]
    needed += ["on_none.target_only"] if scene.contract.two_way else []
    needed += ["on_many"] if match.keys or match.link else []
    needed += ["on_duplicate_in_one_side"] if match.keys else []
    for situation in needed:
        if situation not in match.on:
            word = situation.partition(".")[0]
            yield Finding(
                path="match",
                says=f"nobody says what is done {SAYS[situation]}",
                mend=f"Add {word}, such as {word}: quarantine.",
                at=match.place,
            )


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

"""
Two fields count different things: pounds and kilograms, amounts with and without tax.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.chains import Chain, Value
from verifier.mapping.nouns import Meaning

__all__ = ["RULE"]

UNNAMED = "something that nobody names"


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, _ in scene.chained:
        target = chain.target.meaning
        for source in chain.sources:
            if target is None or source.meaning is None:
                continue
            for what, near, far in _counted(chain, source, target):
                yield Finding(
                    path=sited.name,
                    says=f"'{source.path}' counts {near}, and '{sited.name}' counts {far}",
                    mend="Convert it: via: [{scale: {by: ..., to: ...}}]."
                    if what == "unit"
                    else "Name the field that counts the same, or compute it.",
                    at=sited.rule.place,
                    source=source.meaning.place,
                    target=target.place,
                )


def _counted(chain: Chain, source: Value, target: Meaning) -> Iterator[tuple[str, str, str]]:
    assert source.meaning is not None  # noqa: S101  (for the type checker)
    near, far = source.meaning.given, target.given
    if source.meaning.kind == target.kind == "number":
        unit = near.get("unit")
        for step in chain.rule.via:
            if step.name == "scale":
                unit = step.argument.get("to", far.get("unit"))
        if unit != far.get("unit") and (unit or far.get("unit")):
            yield (
                "unit",
                str(unit or UNNAMED),
                str(far.get("unit") or UNNAMED),
            )
    if source.meaning.kind == target.kind == "money" and near.get("tax") != far.get("tax"):
        words = {"included": "tax included", "excluded": "tax excluded", None: "nobody knows which"}
        yield "tax", words[near.get("tax")], words[far.get("tax")]


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

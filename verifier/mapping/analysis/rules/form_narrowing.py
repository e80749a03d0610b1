"""
The target takes texts of a certain form only, and the source has others.

Whether one form contains another cannot be decided in general; so values are tried, and a finding
always shows one that does not go through.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene

__all__ = ["RULE"]

TEXTS = ("x", "1", "A", "AB", "a b", "12345", "x@y", "\u00e9", "N/A", "2027-05-17", "+1")
FREE = ("text", "identifier", "person_name", "postcode", "address_line", "email")


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, target in scene.chained:
        facts = target.facts
        if not (facts.formats or facts.patterns) or chain.table or facts.enum is not None:
            continue
        if sited.rule.policies["on_invalid"].stated:
            continue
        for source in chain.sources:
            free = source.meaning is None or source.meaning.kind in FREE
            if source.typed != "text" or not free:
                continue
            trial = scene.trials.first(sited.rule.target, source, TEXTS, "on_invalid")
            if trial is not None:
                form = " and ".join((*facts.formats, *facts.patterns))
                act = sited.rule.policies["on_invalid"].act.value
                yield Finding(
                    path=sited.name,
                    says=f"'{sited.name}' takes {form} only, and '{source.path}' is not so limited;"
                    f" the rule does not say what is done then (by the defaults: {act})",
                    mend="Write on_invalid at the field, such as on_invalid: omit.",
                    at=sited.rule.place,
                    source=scene.source.place(source.path),
                    target=scene.target.place(sited.rule.target),
                    witness=trial.witness(),
                )
                break


RULE = AnalysisRule(weight=Weight.WARNING, look=_look)

"""
A rule leaves out, in some trouble, a field that the target requires.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene, Sited
from verifier.mapping.nouns import Act

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for sited in scene.rules:
        field = sited.target
        if field is None or not field.required or field.facts.read_only:
            continue
        if scene.contract.write.mode == "patch":
            continue
        for trouble, policy in sited.rule.policies.items():
            if policy.act is Act.OMIT and _arises(sited, trouble):
                yield Finding(
                    path=sited.name,
                    says=f"{scene.target.title} requires '{sited.name}', and {trouble}: omit"
                    " leaves it out",
                    mend="Withhold the record (reject, quarantine, escalate), or give a default.",
                    at=policy.place,
                    target=scene.target.place(sited.rule.target),
                )


def _arises(sited: Sited, trouble: str) -> bool:
    """Whether that trouble can come up at all."""
    return trouble != "on_unknown" or bool(sited.rule.table)


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

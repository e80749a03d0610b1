"""
A value that nobody knows is taken for one that ends the matter: paid, posted, done.

An order in a new status would be closed in the books, and nobody would look at it again.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.loading.view import word_set
from verifier.loading.view import words as words_of
from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.nouns import Act

__all__ = ["RULE"]

FINAL = word_set(
    "paid done complete completed closed shipped delivered posted authorised authorized approved"
    " active enabled confirmed final finished settled fulfilled success succeeded"
)


def _look(scene: Scene) -> Iterator[Finding]:
    for sited in scene.rules:
        for trouble in ("on_unknown", "on_missing", "on_invalid"):
            policy = sited.rule.policies[trouble]
            words = words_of(str(policy.value)) if policy.act is Act.DEFAULT else ()
            if sited.rule.table and FINAL.intersection(words):
                yield Finding(
                    path=sited.name,
                    says=f"{trouble} takes '{policy.value}' for granted, which ends the matter",
                    mend="Have a person decide (escalate), or default to where the matter begins.",
                    at=policy.place,
                    target=scene.target.place(sited.rule.target),
                )


RULE = AnalysisRule(weight=Weight.WARNING, look=_look)

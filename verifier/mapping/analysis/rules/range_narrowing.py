"""
The target takes smaller (or larger) numbers than the source has, and the rule does not say what is
done with the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.shapes import Facts

__all__ = ["RULE"]

NUMBERS = (0, 1, -1, 2, 10, 100, 1000, 10_000)


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, target in scene.chained:
        facts = target.facts
        bounded = facts.low is not None or facts.high is not None
        if not bounded or sited.rule.policies["on_invalid"].stated:
            continue
        for source in chain.sources:
            if source.typed not in ("number", "share"):
                continue
            trial = scene.trials.first(sited.rule.target, source, _numbers(facts), "on_invalid")
            if trial is not None:
                yield Finding(
                    path=sited.name,
                    says=f"'{sited.name}' takes numbers {_range(facts)}, and '{source.path}' is not"
                    " so limited",
                    mend="Write on_invalid at the field, such as on_invalid: quarantine.",
                    at=sited.rule.place,
                    source=scene.source.place(source.path),
                    target=scene.target.place(sited.rule.target),
                    witness=trial.witness(),
                )
                break


def _numbers(facts: Facts) -> list[Any]:
    near = [b + d for b in (facts.low, facts.high) if b is not None for d in (-1, 0, 1)]
    exact = [int(n) if n == int(n) else Decimal(repr(n)) for n in near]
    return sorted({*exact, *NUMBERS}, key=abs)


def _range(facts: Facts) -> str:
    low = f"from {facts.low:g}" if facts.low is not None else ""
    high = f"to {facts.high:g}" if facts.high is not None else ""
    return f"{low} {high}".strip()


RULE = AnalysisRule(weight=Weight.WARNING, look=_look)

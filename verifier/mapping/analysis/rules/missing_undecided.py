"""
A field of the source may be missing, and the rule does not say what is done then.

What the defaults say counts at run time; but each field is decided once, where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene, Sited
from verifier.mapping.nouns import Path
from verifier.mapping.placing import ABSENT
from verifier.mapping.shapes import Field, find

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, _ in scene.chained:
        policy = sited.rule.policies["on_missing"]
        if policy.stated or _certain(scene, sited):
            continue
        source = chain.sources[0].path
        trial = next(scene.trials.of(sited.rule.target, source, (ABSENT,)), None)
        yield Finding(
            path=sited.name,
            says=f"'{source}' may be missing, and '{sited.name}' does not say what is done then"
            f" (by the defaults: {policy.act.value})",
            mend=f"Write it at the field, such as on_missing: {policy.act.value}.",
            at=sited.rule.place,
            source=scene.source.place(source),
            target=scene.target.place(sited.rule.target),
            witness=trial.witness() if trial else None,
        )


def _certain(scene: Scene, sited: Sited) -> bool:
    """Whether there is always a value: in any of the alternatives, or in all that are combined."""
    fields = [_field(scene, sited, path) for path in sited.rule.sources]
    sure = [field is not None and field.certain for field in fields]
    alternatives = not sited.rule.combine and not sited.rule.table
    return any(sure) if alternatives else all(sure)


def _field(scene: Scene, sited: Sited, path: Path) -> Field | None:
    """A source field; inside of a list it counts from the item, which is there."""
    found = scene.source_field(path)
    if found is None or sited.block is None or not path.inside(sited.block.each):
        return found
    item = scene.source_field(sited.block.each)
    return find(item.shape, path.below(sited.block.each)) if item else found


RULE = AnalysisRule(weight=Weight.WARNING, look=_look)

"""
A value of one type reaches a step, or a field, that takes another, and nothing converts it.

``cast`` converts where that is meant; nothing does so by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.chains import Chain, Value, fits
from verifier.model import Place

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, _ in scene.chained:
        if chain.target.typed not in ("list", "object") and _list_among(chain):
            continue
        for says, place in _breaks(chain):
            yield Finding(
                path=sited.name,
                says=says,
                mend="Name a field of the right type, or convert it: via: [{cast: ...}].",
                at=place,
                source=scene.source.place(chain.sources[0].path),
                target=scene.target.place(sited.rule.target),
            )
            break


def _list_among(chain: Chain) -> bool:
    return any(source.typed == "list" for source in chain.sources)


def _breaks(chain: Chain) -> Iterator[tuple[str, Place]]:
    typed, place = chain.sources[0].typed, chain.rule.at("from")
    if chain.combine is not None:
        yield from _combined(chain)
        typed = typed if chain.combine.gives == "same" else chain.combine.gives
    for stage in chain.stages:
        if stage.takes and not any(fits(typed, taken) for taken in stage.takes):
            yield f"'{stage.name}' is given a {typed}, and takes {_or(stage.takes)}", stage.place
        typed, place = (typed if stage.gives == "same" else stage.gives), stage.place
    if not _arrives(typed, chain.target):
        target = chain.target
        yield f"a {typed} arrives at '{target.path}', which holds a {target.typed}", place


def _combined(chain: Chain) -> Iterator[tuple[str, Place]]:
    assert chain.combine is not None  # noqa: S101  (for the type checker)
    for source in chain.sources:
        if not any(fits(source.typed, taken) for taken in chain.combine.takes):
            says = f"'{source.path}' is a {source.typed}, and cannot be combined so"
            yield says, chain.rule.at("combine")


def _arrives(typed: str, target: Value) -> bool:
    if fits(typed, target.typed) or fits(target.typed, typed):
        return True
    if {typed, target.typed} == {"date", "datetime"}:
        return True  # only the zone is missing, and the rule for zones finds that
    # A meaning that only one side declares is found by the rule for that.
    return target.meaning is None and typed in ("date", "datetime", "share", "markup")


def _or(names: tuple[str, ...]) -> str:
    return " or ".join(f"a {name}" for name in names)


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

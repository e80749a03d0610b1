"""
A time without an offset, or a day that comes from a time, and nobody says where.

For one instant in twelve or more it is another day in Tokyo than in Paris.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.date_formats import date_form

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    yield from _clocks(scene)
    for sited, chain, _ in scene.chained:
        typed = chain.sources[0].typed
        for stage in chain.stages:
            typed = typed if stage.gives == "same" else stage.gives
        if {typed, chain.target.typed} == {"date", "datetime"}:
            yield Finding(
                path=sited.name,
                says=f"'{sited.name}' makes a {chain.target.typed} of a {typed},"
                " and nobody says where it is that day",
                mend=f"Add a zone to the meaning of '{sited.name}', such as Europe/Paris.",
                at=sited.rule.place,
                source=scene.source.place(chain.sources[0].path),
                target=scene.target.place(sited.rule.target),
            )


def _clocks(scene: Scene) -> Iterator[Finding]:
    for side in (scene.source, scene.target):
        for path, meaning in side.meaning.items():
            form = meaning.given.get("format")
            if meaning.kind != "datetime" or not form or "zone" in meaning.given:
                continue
            if date_form(form).local:
                place = {side.name: side.place(path)}
                yield Finding(
                    path=str(path),
                    says=f"'{path}' is a time without an offset, and nobody says where",
                    mend="Add its zone, such as zone: Europe/Paris.",
                    at=meaning.place,
                    source=place.get("source"),
                    target=place.get("target"),
                )


RULE = AnalysisRule(weight=Weight.ERROR, look=_look)

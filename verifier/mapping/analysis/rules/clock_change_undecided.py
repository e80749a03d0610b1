"""
A local time is read, and nobody says what is done with the hours that a clock skips or shows twice.

Twice a year, at night, such times come; without a word about them they are invalid.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.date_formats import date_form

__all__ = ["RULE"]


def _look(scene: Scene) -> Iterator[Finding]:
    for path, meaning in scene.source.meaning.items():
        form, zone = meaning.given.get("format"), meaning.given.get("zone")
        if meaning.kind != "datetime" or not form or not zone or not date_form(form).local:
            continue
        open_words = [word for word in ("gap", "overlap") if word not in meaning.given]
        if open_words and zone not in ("UTC", "Etc/UTC"):
            yield Finding(
                path=str(path),
                says=f"nobody says what '{path}' means in the hours that {zone} skips or has twice",
                mend=f"Add {' and '.join(open_words)}, such as gap: shift and overlap: first.",
                at=meaning.place,
                source=scene.source.place(path),
            )


RULE = AnalysisRule(weight=Weight.WARNING, look=_look)

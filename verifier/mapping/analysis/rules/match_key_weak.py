"""
Two records are held to be the same thing by a key that cannot carry it.

A key is compared in a normal form (a text with capitals is another text); the best one is there in
every record; and it tells people apart, which a status, a country or a birthday does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.nouns import KeyPart

__all__ = ["RULE"]

TELLS_LITTLE = ("boolean", "country", "currency", "date", "percent", "number", "money")


def _look(scene: Scene) -> Iterator[Finding]:
    match = scene.contract.match
    for number, tier in enumerate(match.keys if match else ()):
        if all(_tells_little(scene, part) for part in tier):
            yield _finding(scene, tier[0], "tells hardly any two apart", "Add a field that does.")
        for part in tier:
            if not part.norm and _spelt(scene, part):
                yield _finding(
                    scene,
                    part,
                    "is compared as it was typed, capitals and spaces included",
                    "Add norm, such as norm: [nfc, trim, lower].",
                )
            if number == 0 and not _always_there(scene, part):
                yield _finding(
                    scene,
                    part,
                    "is not there in every record, and the best key has to be",
                    "Put a tier of required fields first.",
                )


def _tells_little(scene: Scene, part: KeyPart) -> bool:
    facts, meaning = scene.source.facts(part.source), scene.source.meant(part.source)
    if facts.enum is not None or facts.only == "boolean":
        return True
    if meaning is not None and meaning.kind == "person_name":
        return str(meaning.given["shape"]) != "full"
    return meaning is not None and meaning.kind in TELLS_LITTLE


def _spelt(scene: Scene, part: KeyPart) -> bool:
    """Whether the same can be written in several ways."""
    facts, meaning = scene.source.facts(part.source), scene.source.meant(part.source)
    exact = meaning is not None and meaning.kind in ("identifier", *TELLS_LITTLE)
    return facts.allows("string") and facts.enum is None and not exact


def _always_there(scene: Scene, part: KeyPart) -> bool:
    field = scene.source_field(part.source)
    return field is None or field.certain


def _finding(scene: Scene, part: KeyPart, says: str, mend: str) -> Finding:
    return Finding(
        path=str(part.source),
        says=f"the key '{part.source}' {says}",
        mend=mend,
        at=part.place,
        source=scene.source.place(part.source),
        target=scene.target.place(part.target),
    )


RULE = AnalysisRule(weight=Weight.WARNING, look=_look)

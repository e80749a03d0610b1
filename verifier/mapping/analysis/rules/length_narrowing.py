"""
A text can be longer than the other side has room for, and the rule does not say what is done then.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.analysis.finding import Finding, Weight, Witness
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene, Sited
from verifier.mapping.analysis.trying import Trial
from verifier.mapping.chains import Chain, Value
from verifier.mapping.nouns import Path

__all__ = ["RULE"]

LETTERS = ("x", "1", "A", "\N{GRINNING FACE}")
LONGEST_TRIED = 20_000


def _look(scene: Scene) -> Iterator[Finding]:
    for sited, chain, target in scene.chained:
        if sited.rule.policies["on_too_long"].stated:
            continue
        room = target.facts.longest
        if room is not None and room < LONGEST_TRIED:
            yield from _there(scene, sited, chain, room)
        if scene.contract.two_way:
            yield from _back(scene, sited, chain)


def _there(scene: Scene, sited: Sited, chain: Chain, room: int) -> Iterator[Finding]:
    for source in chain.sources:
        trial = _smallest(scene, sited, source, room) if source.typed == "text" else None
        if trial is not None:
            says = f"'{source.path}' can be longer than the {room} characters of '{sited.name}'"
            yield _finding(scene, sited, source.path, says, trial.witness())
            return


def _smallest(scene: Scene, sited: Sited, source: Value, room: int) -> Trial | None:
    """The shortest text that has no room: found by halving, since a longer one fits no better."""

    def tried(length: int, letter: str) -> Trial | None:
        texts = (letter * length,)
        return scene.trials.first(sited.rule.target, source, texts, "on_too_long")

    longest = source.side.facts(source.path).longest
    for letter in LETTERS:
        low, high = 1, min(longest or room + 1, room + 1)
        lengths = [length for length in (high, room // 2 + 1, 12) if length <= high]
        best = next((t for length in lengths if (t := tried(length, letter))), None)
        high = len(best.value) if best else 0
        while best is not None and low < high:
            middle = (low + high) // 2
            trial = tried(middle, letter)
            best, low, high = (trial, low, middle) if trial else (best, middle + 1, high)
        if best is not None:
            return best
    return None


def _back(scene: Scene, sited: Sited, chain: Chain) -> Iterator[Finding]:
    """The way back: the target's text goes into the source's fields, all of it into one perhaps."""
    widest = chain.target.side.facts(chain.target.path).longest
    for source in chain.sources:
        room = source.side.facts(source.path).longest
        if source.typed != "text" or chain.table or room is None or (widest or room + 1) <= room:
            continue
        says = f"'{sited.name}' can be longer than the {room} characters of '{source.path}'"
        witness = Witness(value="x" * (room + 1), becomes="has no room on the way back")
        yield _finding(scene, sited, source.path, says, witness)
        return


def _finding(scene: Scene, sited: Sited, source: Path, says: str, witness: Witness) -> Finding:
    act = sited.rule.policies["on_too_long"].act.value
    return Finding(
        path=sited.name,
        says=f"{says}, and the rule does not say what is done then (by the defaults: {act})",
        mend="Write on_too_long at the field: {truncate: grapheme}, or a word such as quarantine.",
        at=sited.rule.place,
        source=scene.source.place(source),
        target=scene.target.place(sited.rule.target),
        witness=witness,
    )


RULE = AnalysisRule(weight=Weight.WARNING, look=_look)

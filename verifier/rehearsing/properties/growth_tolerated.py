"""
What a vendor may add at any time does not disturb it.

Why it matters: vendors add members and lengthen texts without notice, and say that this breaks
nobody. An unknown state or a null is another matter: it may be refused, but not guessed at.
How it is seen: with a member more, or longer texts, all work is done and nobody is called. With an
unknown state, or null, all is done, or somebody is told.
Limits: what the program makes of the values is seen only as far as it sends them on.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, judged

__all__ = ["growth_tolerated"]

MUST = ("field", "text")
SAID = {
    "field": "a member more",
    "text": "longer texts",
    "enum": "an unknown state",
    "null": "null where there was a value",
}


@judged(severity=Severity.MAJOR, source="RFC 9457, 3.2; the robustness that vendors' terms ask for")
def growth_tolerated(seen: Performance) -> Word:
    """Hold the outcome against the way in which it grew."""
    run, way = seen.first, str(seen.take.facts.get("way"))
    amiss = seen.outcome_of(run).amiss
    bad = amiss or ("" if run.ending.well else f"it {run.ending}")
    words = f"; its last words: {run.words}" if run.words else ""
    if way in MUST and bad:
        return broken(f"With {SAID[way]}: {bad}{words}.", "It does not notice.")
    if bad and not run.alerts:
        return broken(
            f"With {SAID[way]}: {bad}, and nobody was told.", "Done, or somebody is told."
        )
    return held(f"With {SAID[way]} it {'called for a human' if bad else 'did its work'}.")

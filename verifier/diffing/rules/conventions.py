"""Habits that the document no longer shows: retries made safe, limits, pages, error shapes."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.pairs import ContractPair
from verifier.diffing.rule import Departure, Rule
from verifier.diffing.shifts import Shift, family
from verifier.model import Convention, Edit, Impact, Movement, Side

__all__ = ["conventions"]

SURE = 0.6
MOST_ASKED = 20
WITHDRAWN = Rule(
    name="withdrawn",
    edit=Edit.REMOVED,
    moves=Movement.EQUAL,
    says="A convention that integrations rest on is no longer documented.",
    request=Departure(Impact.WARNING, "what rested on it is not promised any more"),
)
CHANGED = Rule(
    name="changed",
    edit=Edit.CHANGED,
    moves=Movement.INCOMPARABLE,
    says="A convention is followed in another way: cursors instead of pages, another header.",
    request=Departure(Impact.WARNING, "code for the one does not serve the other"),
)
# All others are told under their own names elsewhere, rest on inferred resources, or carry nothing.
NAMES = {
    "idempotency": "the way to make a retry safe",
    "limits": "rate limits",
    "pagination": "pages",
    "errors": "one shape of errors",
    "request-id": "request ids",
    "changed-since": "asking only for what changed",
    "conditional": "conditional requests",
    "webhooks": "webhooks",
    "health": "a health check",
}


@family("contract", area="convention")
def conventions(pair: ContractPair) -> Iterator[Shift]:
    """Only what was surely recognised before, and is not recognised at all now."""
    known = {p.old.key: p.new.key for p in pair.kept}
    for kind in sorted(NAMES):
        old = pair.old.convention(kind)
        if old is None or old.confidence < SURE:
            continue
        kept = tuple(known[key] for key in old.operations if key in known)
        if not kept:
            continue  # what showed it is gone, which is told as such
        shown = pair.new.conventions_of(kind, kept[:MOST_ASKED])
        if any(c.style == old.style for c in shown):
            continue  # where it was shown it still is
        new, name = pair.new.convention(kind), NAMES[kind]
        if new is None:
            says = f"The document no longer shows {name}; it showed '{old.style}'."
            yield _shift(WITHDRAWN, says, kind, kept)
        elif _other(old, pair.new.conventions_of(kind)) and new.confidence >= SURE:
            says = f"The document shows {name} as '{new.style}'; it was '{old.style}'."
            yield _shift(CHANGED, says, f"{kind} {old.style} -> {new.style}", kept)


def _other(old: Convention, new: tuple[Convention, ...]) -> bool:
    """Whether the style is not shown any more by anything."""
    return all(c.style != old.style for c in new)


def _shift(rule: Rule, says: str, words: str, operations: tuple[str, ...]) -> Shift:
    return Shift(rule=rule, says=says, side=Side.REQUEST, words=words, operations=operations)

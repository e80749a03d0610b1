"""Habits that the document no longer shows: retries made safe, limits, pages, error shapes."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.pairs import ContractPair
from verifier.diffing.rule import Departure, Rule
from verifier.diffing.shifts import Shift, family
from verifier.model import Convention, Edit, Impact, Movement, Side

__all__ = ["conventions"]

SURE = 0.6
MOST_SHOWN = 3
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
# What is told under its own name elsewhere, rests on inferred resources, or carries nothing.
ELSEWHERE = frozenset(
    {"deprecation", "versioning", "sandbox", "money", "natural-key", "scopes", "events"}
)
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
    for kind in dict.fromkeys(c.kind for c in pair.old.conventions if c.kind not in ELSEWHERE):
        old, new = pair.old.convention(kind), pair.new.convention(kind)
        if old is None or old.confidence < SURE:
            continue
        kept = tuple(known[key] for key in old.operations if key in known)
        if not kept:
            continue  # what showed it is gone, which is told as such
        name = NAMES.get(kind, kind)
        if new is None:
            says = f"The document no longer shows {name}; it showed '{old.style}'."
            yield _shift(WITHDRAWN, says, kind, kept)
        elif _other(old, pair.new.conventions) and new.confidence >= SURE:
            says = f"The document shows {name} as '{new.style}'; it was '{old.style}'."
            yield _shift(CHANGED, says, f"{kind} {old.style} -> {new.style}", kept)


def _other(old: Convention, new: tuple[Convention, ...]) -> bool:
    """Whether the style is not shown any more by anything."""
    return all(c.style != old.style for c in new if c.kind == old.kind)


def _shift(rule: Rule, says: str, words: str, operations: tuple[str, ...]) -> Shift:
    return Shift(rule=rule, says=says, side=Side.REQUEST, words=words, operations=operations)

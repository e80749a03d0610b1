"""Whether the version that the document gives itself says that something broke."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verifier.diffing.pairs import ContractPair
from verifier.diffing.rule import Departure, Rule
from verifier.diffing.shifts import Shift, family
from verifier.model import Edit, Impact, Movement, Pointer, Side

__all__ = ["versions"]

AT = Pointer() / "info" / "version"
NUMBERS = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+].*)?")
DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?.*")
NOT_RAISED = Rule(
    name="not-raised",
    edit=Edit.CHANGED,
    moves=Movement.EQUAL,
    says="Something breaks, and the version is the same as before.",
)
LOWERED = Rule(
    name="lowered",
    edit=Edit.CHANGED,
    moves=Movement.EQUAL,
    says="The version is lower than before.",
    request=Departure(Impact.WARNING, "an older document may have been published by mistake"),
)
MAJOR_NOT_RAISED = Rule(
    name="major-not-raised",
    edit=Edit.CHANGED,
    moves=Movement.EQUAL,
    says="Something breaks, and the first number of the version is the same as before.",
)


@family("outcome", area="document")
def versions(found: tuple[ContractPair, bool]) -> Iterator[Shift]:
    """Semantic versions and dates; of other names nothing is said but that they are equal."""
    pair, broke = found
    old, new = pair.old.version, pair.new.version
    if not old or not new:
        return
    before, after = _parsed(old), _parsed(new)
    if old == new:
        if broke:
            yield _shift(NOT_RAISED, f"Something breaks, and the version is still {new[:60]}.")
    elif before is None or after is None or len(before) != len(after):
        return
    elif after < before:
        yield _shift(LOWERED, f"The version was {old[:60]} and is now {new[:60]}.")
    elif broke and before[0] == after[0] and not DAY.fullmatch(new):
        says = f"Something breaks, and the version went from {old[:60]} to {new[:60]} only."
        yield _shift(MAJOR_NOT_RAISED, says)


def _shift(rule: Rule, says: str) -> Shift:
    return Shift(rule=rule, says=says, side=Side.NONE, old=AT, new=AT)


def _parsed(version: str) -> tuple[int, ...] | None:
    found = DAY.fullmatch(version) or NUMBERS.fullmatch(version)
    return tuple(int(part or 0) for part in found.groups()) if found else None

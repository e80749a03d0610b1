"""A comparison put in order for readers: what matters first, and what is alike told together."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from verifier.model import Change, Comparison, Impact, Place

__all__ = ["Entry", "Telling", "grouped", "reached", "shown", "tell"]

LEAST_ALIKE = 3
# Where one edit is often made at many places; an operation that is gone is always its own.
GROUPED = frozenset({"schema", "parameter", "answer", "body", "lifecycle", "documentation"})
VERDICTS = {Impact.BREAKING: "Breaking", Impact.WARNING: "May break", Impact.INFO: "Harmless"}
# What breaks here is that a member may be, or must not be, left out: a value shows it by its lack.
LACKING = (
    "properties.optional",
    "properties.required",
    "properties.added-required",
    "properties.removed-required",
)
MOST_NAMED = 5


class Entry(Struct, frozen=True):
    """One change, and those that are the same edit at other places."""

    change: Change
    also: tuple[Change, ...] = ()

    @property
    def more(self) -> str:
        """How many more, and which members where they are of one schema; empty for one alone."""
        if not self.also:
            return ""
        home = _home(self.change)
        if not home or any(_home(other) != home for other in self.also):
            return f"and {len(self.also)} more like it"
        names = [f"'{other.gist[:80]}'" for other in self.also[:MOST_NAMED]]
        rest = len(self.also) - len(names)
        more = f" and {rest} more" if rest else ""
        return f"and so for {', '.join(names)}{more} of the same schema"


class Telling(Struct, frozen=True, kw_only=True):
    """
    What a format writes down.

    Args:
        everything: Whether harmless changes are told one by one, not only counted.
        counts: Severity to how many changes, waived ones left out.
    """

    comparison: Comparison
    entries: tuple[Entry, ...]
    waived: tuple[Change, ...]
    counts: dict[Impact, int]
    everything: bool = False

    def of(self, severity: Impact) -> tuple[Entry, ...]:
        """The entries of one severity."""
        return tuple(entry for entry in self.entries if entry.change.severity is severity)

    def places(self, change: Change) -> tuple[Place | None, Place | None]:
        """Both places of a change as a person finds them."""
        return self.comparison.places(change)

    @property
    def title(self) -> str:
        """Whose document, and which versions."""
        old, new = self.comparison.old, self.comparison.new
        versions = (old.version or "?", new.version or "?")
        moved = f"{versions[0]} to {versions[1]}" if versions[0] != versions[1] else versions[0]
        return f"{new.title} {moved}"

    @property
    def verdict(self) -> str:
        """What it comes to, in a word or three."""
        if not self.comparison.conclusive:
            return "Could not check"
        worst = next((severity for severity in Impact if self.counts[severity]), None)
        return VERDICTS[worst] if worst else "No change"

    @property
    def touching(self) -> str:
        """How much concerns what is used; empty where that is not known."""
        live = [change for change in self.comparison if not change.waived]
        if all(change.touches is None for change in live):
            return ""
        mine = [change.severity for change in live if change.touches is not False]
        breaking, warnings = mine.count(Impact.BREAKING), mine.count(Impact.WARNING)
        if not breaking and not warnings:
            return "None of the breaking ones or the warnings concerns what you use."
        return (
            f"{breaking} of the breaking ones and {warnings} of the warnings concern what you use."
        )

    @property
    def summary(self) -> str:
        """The counts in one sentence."""
        if not self.comparison.conclusive:
            return "Could not check."
        if not any(self.counts.values()):
            more = f" {len(self.waived)} waived." if self.waived else ""
            return f"No change.{more}"
        breaking, warning, info = (self.counts[severity] for severity in Impact)
        waived = f", {len(self.waived)} waived" if self.waived else ""
        warnings = f"{warning} warning{'' if warning == 1 else 's'}"
        return f"{breaking} breaking, {warnings}, {info} harmless{waived}."


def tell(comparison: Comparison, *, everything: bool = False) -> Telling:
    """Put a comparison in order."""
    live = [change for change in comparison if not change.waived]
    return Telling(
        comparison=comparison,
        entries=tuple(grouped(live)),
        waived=tuple(change for change in comparison if change.waived),
        counts={severity: sum(c.severity is severity for c in live) for severity in Impact},
        everything=everything,
    )


def reached(change: Change) -> str:
    """Which operations a change reaches, unless it says so itself: ``GET /items and 3 more``."""
    if not change.reach or (change.reach == 1 and change.operations[0] in change.says):
        return ""
    return change.operations[0] + (f" and {change.reach - 1} more" if change.reach > 1 else "")


def shown(change: Change, longest: int) -> str:
    """The witness of a change as JSON, cut where it is long; what it lacks is named."""
    if change.witness is None:
        return ""
    text = change.witness.shown(longest)
    value = change.witness.value
    if change.rule in LACKING and isinstance(value, dict) and change.gist not in value:
        return f"{text} without '{change.gist[:80]}'"
    return text


def grouped(changes: Iterable[Change]) -> list[Entry]:
    """
    The same edit at many places is one entry: touched ones first, widest reach next.

    So is the same fate of several members of one schema: who rewrites it loses them all at once.
    """
    alike, single = _gathered(changes, _kind)
    rewritten, alone = _gathered(single, _fate)
    entries = [*alike, *rewritten, *(Entry(change) for change in alone)]
    entries.sort(key=lambda entry: (entry.change.severity.rank, _weight(entry.change)))
    return entries


def _gathered(
    changes: Iterable[Change], key: Callable[[Change], tuple[object, ...]]
) -> tuple[list[Entry], list[Change]]:
    """Entries of those of which there are enough alike, and the changes that are left."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for change in changes:
        groups.setdefault(key(change), []).append(change)
    entries, left = [], []
    for found in groups.values():
        found.sort(key=_weight)
        if len(found) >= LEAST_ALIKE:
            entries.append(Entry(found[0], tuple(found[1:])))
        else:
            left += found
    return entries, left


def _fate(change: Change) -> tuple[object, ...]:
    home = _home(change)
    if not home:
        return (change.fingerprint,)
    return change.rule, change.direction, change.severity, change.touches, home


def _home(change: Change) -> str:
    """Where the schema stands of whose member it tells; empty where it tells of none."""
    at = change.old or change.new
    if at is None or not change.rule.startswith("properties."):
        return ""
    home, found, _ = at.path.rpartition("/properties/")
    return f"{at.file}#{home}" if found else ""


def _kind(change: Change) -> tuple[object, ...]:
    if change.area not in GROUPED:
        return (change.fingerprint,)
    return change.rule, change.direction, change.severity, change.touches, change.gist


def _weight(change: Change) -> tuple[int, int]:
    touched = {True: 0, None: 1, False: 2}[change.touches]
    return touched, -change.reach

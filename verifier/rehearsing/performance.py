"""What was seen of a take: what the vendor received, how the program ended, what was left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import orjson

from verifier.mocking import Entry
from verifier.model import Integration
from verifier.rehearsing.contained import Ending
from verifier.rehearsing.orders import Order, scalars
from verifier.rehearsing.take import Take

__all__ = ["Performance", "Run"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """
    One job of the program.

    Args:
        first, last: Serials of the requests that came meanwhile: after ``first``, up to ``last``.
        alerts: How it called for a human, in words; empty where it did not.
        words: Its last line.
        leaked: Names of the secrets that it said.
        lines: What it said, without secrets, as far as it was kept.
    """

    ending: Ending
    first: int
    last: int
    alerts: tuple[str, ...] = ()
    words: str = ""
    leaked: frozenset[str] = frozenset()
    lines: Sequence[str] = field(default=(), repr=False)


@dataclass(frozen=True, kw_only=True)
class Performance:
    """
    One take as it went.

    Args:
        orders: The records that were its work.
        entries: What the vendor received, in order.
        unplayed: Scripts that never took hold, in words.
        rejected, kept: Key to how often its record stands in the program's own files.
        copies: Resource to how often each id stands in the program's copy.
        there: Resource to the ids that the vendor had all the time.
        trouble: Why it could not be performed at all; empty where it could.
    """

    take: Take
    integration: Integration
    runs: tuple[Run, ...] = ()
    entries: tuple[Entry, ...] = ()
    orders: tuple[Order, ...] = ()
    unplayed: tuple[str, ...] = ()
    rejected: Mapping[str, int] = field(default_factory=dict)
    kept: Mapping[str, int] = field(default_factory=dict)
    copies: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    there: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    trouble: str = ""

    def of(self, run: Run) -> tuple[Entry, ...]:
        """What was received in a run."""
        return tuple(e for e in self.entries if run.first < e.serial <= run.last)

    @property
    def alerted(self) -> bool:
        """Whether it called for a human."""
        return any(run.alerts for run in self.runs)

    @property
    def faulty(self) -> tuple[Entry, ...]:
        """Requests to which a fault was played."""
        return tuple(entry for entry in self.entries if entry.fault)

    def effects(self, operation: str) -> list[Entry]:
        """Requests of an operation that took effect."""
        return [
            e
            for e in self.entries
            if operation in (e.operation_id, e.operation) and e.effects and e.operation
        ]

    @cached_property
    def done(self) -> Mapping[str, Mapping[str, int]]:
        """Expected operation to how often it took effect for each record."""
        return {
            operation: self._counted(operation)
            for operation, wanted in self.integration.expect.effects.items()
            if wanted == "one-per-order"
        }

    def _counted(self, operation: str) -> dict[str, int]:
        counts = {order.key: 0 for order in self.orders}
        effects = self.effects(operation)
        strangers = 0
        for entry in effects:
            found = record_of(entry, counts)
            if found:
                counts[found] += 1
            else:
                strangers += 1
        if strangers == len(effects) and strangers:
            # Nothing on the wire names a record: only their number can be held against it.
            return {
                order.key: strangers // len(counts) + (i < strangers % len(counts))
                for i, order in enumerate(self.orders)
            }
        return counts

    @property
    def doubled(self) -> dict[str, int]:
        """Records whose effect happened more than once."""
        return {key: n for each in self.done.values() for key, n in each.items() if n > 1}

    @property
    def missing(self) -> tuple[str, ...]:
        """Records without their effect."""
        return tuple(
            dict.fromkeys(key for each in self.done.values() for key, n in each.items() if n == 0)
        )

    @property
    def amiss(self) -> str:
        """How the effects differ from what is expected; empty where they do not."""
        said = []
        if self.doubled:
            shown = ", ".join(f"{key} {n} times" for key, n in list(self.doubled.items())[:3])
            said.append(f"done more than once: {shown}")
        if self.missing:
            more = f" and {len(self.missing) - 3} more" if len(self.missing) > 3 else ""
            said.append(f"not done: {', '.join(self.missing[:3])}{more}")
        for operation, wanted in self.integration.expect.effects.items():
            number = len(self.effects(operation))
            if wanted != "one-per-order" and number != wanted:
                said.append(f"{operation} took effect {number} times, not {wanted}")
        for resource, ids in self.there.items():
            said += _copied(resource, ids, self.copies.get(resource, {}))
        return "; ".join(said)


def record_of(entry: Entry, keys: Mapping[str, object]) -> str:
    """The key of the record that a request is about; empty where it names none, or several."""
    try:
        named = set(scalars(orjson.loads(entry.body))) if entry.body else set()
    except ValueError:
        named = set(entry.body.decode("utf-8", "replace").replace("=", "&").split("&"))
    named |= set(entry.path.split("/"))
    found = [key for key in named if key in keys]
    return found[0] if len(found) == 1 else ""


def _copied(resource: str, ids: Sequence[str], copy: Mapping[str, int]) -> list[str]:
    lost = [id for id in ids if not copy.get(id)]
    twice = [id for id in ids if copy.get(id, 0) > 1]
    said = []
    if lost:
        said.append(f"{len(lost)} of {len(ids)} {resource} are not in the copy, such as {lost[0]}")
    if twice:
        said.append(f"{len(twice)} {resource} stand in the copy more than once, such as {twice[0]}")
    return said

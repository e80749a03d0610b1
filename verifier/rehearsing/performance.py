"""What was seen of a take: what the vendor received, how the program ended, what was left."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import cached_property

import orjson
from msgspec import Struct, field

from verifier.mocking import Entry
from verifier.model import Integration
from verifier.rehearsing.contained import Ending
from verifier.rehearsing.orders import Order, scalars
from verifier.rehearsing.parcel import Parcel
from verifier.rehearsing.pulse import Span, longest
from verifier.rehearsing.take import Take

__all__ = ["Outcome", "Performance", "Run", "record_of"]

# A client takes an answer for lost that comes later than this, and then does what it would not.
STANDSTILL_SECONDS = 1.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """
    One job of the program.

    Args:
        first, last: Serials of the requests that came meanwhile: after ``first``, up to ``last``.
        alerts: How it called for a human, in words; empty where it did not.
        words: Its last line.
        leaked: Names of the secrets that it said.
        lines: What it said, without secrets, as far as it was kept.
        rejected, kept: Key to how often its record then stands in the program's own files.
        copies: Resource to how often each id then stands in the program's copy.
        began_seconds: When it was begun, since the ledger was.
    """

    ending: Ending
    first: int
    last: int
    alerts: tuple[str, ...] = ()
    words: str = ""
    leaked: frozenset[str] = frozenset()
    lines: Sequence[str] = dataclasses.field(default=(), repr=False)
    rejected: Mapping[str, int] = dataclasses.field(default_factory=dict)
    kept: Mapping[str, int] = dataclasses.field(default_factory=dict)
    copies: Mapping[str, Mapping[str, int]] = dataclasses.field(default_factory=dict)
    began_seconds: float = 0.0

    @property
    def ended_seconds(self) -> float:
        """When it ended, or had to be ended, since the ledger was begun."""
        return self.began_seconds + self.ending.seconds


@dataclasses.dataclass(frozen=True, kw_only=True)
class Performance:
    """
    One take as it went.

    Args:
        orders: The records that were its work.
        entries: What the vendor received, in order.
        unplayed: Scripts that never took hold, in words.
        there: Resource to the ids that the vendor had all the time.
        scopes: Principal to the scopes that it holds; those alone that the user has told.
        needed: Operation key to the scopes that it takes.
        token_path: Where the vendor gives out tokens.
        usual: How many requests a job takes while all is well.
        parcels: What was delivered to its receiver of webhooks.
        strangers: Requests that came to another host, as they came.
        facts: What whoever directed the take has found.
        late: From when to when this machine was held up, in seconds since the ledger was begun.
        trouble: Why it could not be performed at all; empty where it could.
    """

    take: Take
    integration: Integration
    runs: tuple[Run, ...] = ()
    entries: tuple[Entry, ...] = ()
    orders: tuple[Order, ...] = ()
    unplayed: tuple[str, ...] = ()
    there: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    scopes: Mapping[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    needed: Mapping[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    token_path: str = ""
    usual: int = 0
    parcels: tuple[Parcel, ...] = ()
    strangers: tuple[bytes, ...] = dataclasses.field(default=(), repr=False)
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)
    secrets: Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    late: Sequence[Span] = dataclasses.field(default=(), repr=False)
    trouble: str = ""

    def of(self, run: Run) -> tuple[Entry, ...]:
        """What was received in a run."""
        return tuple(e for e in self.entries if run.first < e.serial <= run.last)

    @property
    def first(self) -> Run:
        """The run to which the faults were played."""
        return self.runs[0]

    @property
    def disturbed(self) -> str:
        """Why it tells nothing of the program, but of this machine; empty where it does not."""
        stood = longest(self.late)
        if stood >= STANDSTILL_SECONDS:
            return f"this machine stood still for {stood:.1f} s meanwhile"
        if any(run.ending.starved for run in self.runs):
            return "this machine was too busy for the program to get on"
        return ""

    @property
    def held_up_seconds(self) -> float:
        """For how long this machine was held up, in all."""
        return sum(end - begin for begin, end in self.late)

    @property
    def hurried(self) -> str:
        """Why its first run, ended by us, had too little time to be judged by; empty where not."""
        run, entries = self.first, self.of(self.first)
        if not run.ending.why or not entries:
            return ""
        before = entries[0].seconds - run.began_seconds
        if before * 2 <= run.ending.seconds:
            return ""
        return f"it sent its first request after {before:.1f} s of {run.ending.seconds:.1f} s"

    def refused_in(self, run: Run) -> bool:
        """Whether a request of a run was refused, and not followed by one that succeeded."""
        entries = self.of(run)
        return any(e.status >= 400 for e in entries) and entries[-1].status >= 400

    @property
    def shows_state(self) -> bool:
        """Whether the effects of what its receiver takes can be seen."""
        receiver = self.integration.receiver
        return receiver is not None and bool(receiver.state)

    def parcel(self, name: str) -> Parcel | None:
        """The delivery of a name; None where there was none."""
        return next((one for one in self.parcels if one.name == name), None)

    @property
    def faulty(self) -> tuple[Entry, ...]:
        """Requests to which a fault was played."""
        return tuple(entry for entry in self.entries if entry.fault)

    @cached_property
    def outcome(self) -> Outcome:
        """What was there in the end."""
        return self.outcome_of(self.runs[-1]) if self.runs else Outcome()

    def outcome_of(self, run: Run) -> Outcome:
        """What was there after a run."""
        expect = self.integration.expect
        entries = [e for e in self.entries if e.serial <= run.last and e.effects]
        done: dict[str, Mapping[str, int]] = {}
        counts: dict[str, tuple[int, int]] = {}
        for operation, wanted in expect.effects.items():
            own = [e for e in entries if operation in (e.operation_id, e.operation)]
            if wanted == "one-per-order":
                done[operation] = _counted(own, self.orders)
            else:
                counts[operation] = (len(own), int(wanted))
        return Outcome(
            done=done,
            counts=counts,
            copies={name: (ids, run.copies.get(name, {})) for name, ids in self.there.items()},
        )


class Outcome(Struct, frozen=True, kw_only=True, dict=True):
    """
    The effects at a moment.

    Args:
        done: Operation to how often it took effect for each record.
        counts: Operation to how often it took effect, and should.
        copies: Resource to the ids that should be in the copy, and how often they are.
    """

    done: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    copies: Mapping[str, tuple[Sequence[str], Mapping[str, int]]] = field(default_factory=dict)

    @property
    def doubled(self) -> dict[str, int]:
        """Records whose effect happened more than once."""
        return {key: n for each in self.done.values() for key, n in each.items() if n > 1}

    @property
    def missing(self) -> tuple[str, ...]:
        """Records without their effect."""
        lacking = (key for each in self.done.values() for key, n in each.items() if n == 0)
        return tuple(dict.fromkeys(lacking))

    @property
    def amiss(self) -> str:
        """How it differs from what is expected; empty where it does not."""
        said = []
        if self.doubled:
            shown = ", ".join(f"{key} {n} times" for key, n in list(self.doubled.items())[:3])
            said.append(f"done more than once: {shown}")
        if self.missing:
            more = f" and {len(self.missing) - 3} more" if len(self.missing) > 3 else ""
            said.append(f"not done: {', '.join(self.missing[:3])}{more}")
        for operation, (number, wanted) in self.counts.items():
            if number != wanted:
                said.append(f"{operation} took effect {number} times, not {wanted}")
        for resource, (ids, copy) in self.copies.items():
            said += _copied(resource, ids, copy)
        return "; ".join(said)


def _counted(effects: Sequence[Entry], orders: Sequence[Order]) -> dict[str, int]:
    """How often each record had its effect."""
    counts = dict.fromkeys((order.key for order in orders), 0)
    named = [found for entry in effects if (found := record_of(entry, counts))]
    if effects and not named:
        # Nothing on the wire names a record: only their number can be held against it.
        whole, rest = divmod(len(effects), len(counts))
        return {key: whole + (place < rest) for place, key in enumerate(counts)}
    for key in named:
        counts[key] += 1
    return counts


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

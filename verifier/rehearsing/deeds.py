"""Requests that are one piece of work: an attempt, and those that repeat it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from verifier.mocking import Entry
from verifier.model import Attempt, RetryTimeline, Wait
from verifier.rehearsing.performance import Performance, record_of
from verifier.rehearsing.pulse import overlap

__all__ = [
    "BREATHLESS_SECONDS",
    "Deed",
    "Gap",
    "answered_at",
    "breathless",
    "deeds",
    "shown_in",
    "succeeded",
    "told",
]

# Faults by which an answer with a good status is none.
GARBLING = frozenset(
    {"malformed-json", "truncated-body", "short-body", "empty-body", "html-page", "huge-body"}
    | {"wrong-content-type", "no-response", "reset-after-commit", "reset-before-commit", "hang"}
    | {"refuse", "gzip-bomb"}
)
SAFE = ("GET", "HEAD", "OPTIONS")
MOST_SHOWN = 60
BREATHLESS_SECONDS = 0.5
# From the end of a pause to the next request: the program wakes, connects and sends, and ours
# accepts, reads and notes. Each of them can be kept waiting once.
HANDOVERS = 6
NOT_MODIFIED = 304


class Gap(Struct, frozen=True):
    """
    A pause of the program's, as far as it can be known.

    Args:
        least: Seconds without those in which this machine was held up.
        most: Seconds as they were measured: a slow machine lengthens a pause, and shortens none.
    """

    least: float
    most: float


class Deed(Struct):
    """
    One piece of work as the vendor sees it.

    Args:
        name: The operation, and the record or key that it is about.
        attempts: In the order received.
    """

    name: str
    operation: str
    record: str = ""
    attempts: list[Entry] = field(default_factory=list)

    def gaps(self, seen: Performance) -> tuple[Gap, ...]:
        """From each answer to the next attempt."""
        pairs = zip(self.attempts, self.attempts[1:], strict=False)
        return tuple(_gap(seen, answered_at(first), later.seconds) for first, later in pairs)

    @property
    def writes(self) -> bool:
        """Whether it is meant to change something."""
        return self.attempts[0].method not in SAFE

    def after(self, entry: Entry) -> Entry | None:
        """The attempt that follows one; None where none does."""
        place = self.attempts.index(entry)
        return self.attempts[place + 1] if place + 1 < len(self.attempts) else None


def deeds(seen: Performance, entries: Iterable[Entry] | None = None) -> tuple[Deed, ...]:
    """
    What was asked, grouped: by record, by idempotency key, by equal body; reads by their address.

    A read that succeeded is over: the same address asked again is another piece of work.
    """
    keys = {order.key: 0 for order in seen.orders}
    found: list[Deed] = []
    known: dict[tuple[str, ...], Deed] = {}
    for entry in seen.entries if entries is None else entries:
        operation = entry.operation_id or entry.operation or f"{entry.method} {entry.path}"
        record = record_of(entry, keys) if entry.method not in SAFE else ""
        marks = _marks(entry, operation, record)
        deed = next((known[m] for m in marks if m in known and _same(known[m], record)), None)
        if deed is None or (not deed.writes and succeeded(deed.attempts[-1])):
            deed = Deed(f"{operation} {record or entry.key[:20]}".strip(), operation, record)
            found.append(deed)
        deed.attempts.append(entry)
        for mark in marks:
            known[mark] = deed
    return tuple(found)


def _marks(entry: Entry, operation: str, record: str) -> tuple[tuple[str, ...], ...]:
    if entry.method in SAFE:
        return (("address", operation, entry.target),)
    marks: list[tuple[str, ...]] = [("record", operation, record)] if record else []
    marks += [("key", operation, entry.key)] if entry.key else []
    return (*marks, ("body", operation, entry.target, entry.digest))


def _same(deed: Deed, record: str) -> bool:
    return not record or not deed.record or deed.record == record


def succeeded(entry: Entry) -> bool:
    """Whether the client got a good answer, whole."""
    whole = entry.delivered is None or entry.delivered.whole
    good = 200 <= entry.status < 300 or entry.status == NOT_MODIFIED
    return good and whole and entry.fault not in GARBLING


def told(entry: Entry) -> str:
    """Its answer in a word."""
    whole = entry.delivered is None or entry.delivered.whole
    return str(entry.status) if whole else "no answer"


def answered_at(entry: Entry) -> float:
    """When its answer was over, in seconds since the ledger was begun."""
    return entry.steps[-1].seconds


def breathless(gaps: Sequence[Gap]) -> bool:
    """Whether three attempts or more may have had no pauses to speak of."""
    return len(gaps) > 1 and sum(gap.least for gap in gaps) < BREATHLESS_SECONDS


def _gap(seen: Performance, since: float, until: float) -> Gap:
    most = max(0.0, until - since)
    held_up = sorted(overlap((span,), since, until) for span in seen.late)
    return Gap(max(0.0, most - sum(held_up[-HANDOVERS:])), most)


def shown_in(seen: Performance, entries: Sequence[Entry] = ()) -> RetryTimeline:
    """A picture of requests over time: some of them, or all."""
    chosen = list(entries or seen.entries)[:MOST_SHOWN]
    if not chosen:
        return RetryTimeline(attempts=())
    began = chosen[0].seconds
    lanes = {id(e): deed.name for deed in deeds(seen) for e in deed.attempts}
    return RetryTimeline(
        attempts=tuple(_attempt(entry, began, lanes[id(entry)]) for entry in chosen),
        waits=tuple(w for e in chosen if (w := _wait(seen, e, began, lanes[id(e)])) is not None),
    )


def _attempt(entry: Entry, began: float, lane: str) -> Attempt:
    return Attempt(
        at_seconds=entry.seconds - began,
        took_seconds=max(0.0, answered_at(entry) - entry.seconds),
        lane=lane,
        answer=told(entry),
        good=succeeded(entry),
    )


def _wait(seen: Performance, entry: Entry, began: float, lane: str) -> Wait | None:
    seconds = seen.take.facts.get("retry_after")
    if not isinstance(seconds, (int, float)) or not entry.fault:
        return None
    start = answered_at(entry) - began
    says = f"Retry-After: {seconds:g} s"
    return Wait(lane=lane, from_seconds=start, until_seconds=start + seconds, says=says)

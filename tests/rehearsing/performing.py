"""Performances made by hand: what the vendor received when, and when the machine was held up."""

from collections.abc import Sequence
from dataclasses import dataclass

from verifier.mocking import Entry
from verifier.model import Integration
from verifier.rehearsing.contained import Ending
from verifier.rehearsing.performance import Performance, Run
from verifier.rehearsing.pulse import Span
from verifier.rehearsing.take import Take
from verifier.wire import Delivered

__all__ = ["BY_ITSELF", "Stage", "asked", "ended_after"]

BY_ITSELF = Ending(seconds=8.0, code=1)


def ended_after(seconds: float) -> Ending:
    """How a program ends that had to be ended."""
    return Ending(seconds=seconds, code=None, why=f"it ran longer than {seconds:g} s")


def asked(
    serial: int,
    at: float,
    *,
    work: int = 0,
    status: int = 503,
    fault: str = "status",
    left: float | None = None,
) -> Entry:
    """
    One request.

    Args:
        at: When it was received.
        work: Requests of the same number are the same piece of work.
        left: When the client let go of it; None where it was answered at once.
    """
    body = str(work).encode()  # its digest tells one piece of work from another
    entry = Entry(serial=serial, moment=0, method="POST", target="/invoices", body=body)
    entry.status, entry.fault = status, fault
    kinds = [("received", at), ("answered", at)]
    if left is not None:
        entry.delivered = Delivered(sent_bytes=0, whole=False, seconds=left - at)
        kinds.append(("delivered", left))
    for kind, when in kinds:
        entry.note(serial, kind, when, "")
    return entry


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Where an integration performs."""

    integration: Integration

    def shown(
        self,
        ending: Ending,
        entries: Sequence[Entry],
        *,
        name: str = "503 throughout",
        late: Sequence[Span] = (),
        **facts: object,
    ) -> Performance:
        """What was seen of a take."""
        run = Run(ending=ending, first=0, last=len(entries))
        return Performance(
            take=Take(name=name, facts=facts),
            integration=self.integration,
            runs=(run,),
            entries=tuple(entries),
            late=tuple(late),
        )

    def paused(
        self, ending: Ending, *works: Sequence[float], late: Sequence[Span] = (), **more: object
    ) -> Performance:
        """A take in which each piece of work was tried again after so many seconds each."""
        entries: list[Entry] = []
        now = 0.0
        for place, gaps in enumerate(works):
            for gap in (1.0, *gaps):
                now += gap
                entries.append(asked(len(entries) + 1, now, work=place))
        return self.shown(ending, entries, late=late, **more)

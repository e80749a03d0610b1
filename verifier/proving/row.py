"""One row of the matrix: every check on one misbehaviour, held against the reviewed table."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from msgspec import Struct, field

from verifier import discovery, loading
from verifier.model import CaseSource, Level, Outcome, Status, Vendor
from verifier.proving.reviewed import SOUND, Reviewed, reviewed
from verifier.proving.trial import ask_mock, drawn
from verifier.runs import samples

__all__ = ["Row", "prove_row", "sample_vendor", "speaking"]

# Nothing is left out for want of it.
BUDGET = 2400
# Checks that never accuse: what they miss is information.
QUIET = frozenset(
    {"change.successor-linked", "contract.undocumented-field", "limits.limits-signalled"}
)


class Row(Struct, frozen=True, kw_only=True):
    """
    What came of one row.

    Args:
        spoke: Ids of the checks that reported something.
        silent: Of those that had to speak and did not, what came of them instead.
        errored: Of those that ended with a fault of ours, which.
        untried: On the sound mock, those that apply and ended without a judgement.
        requests: How many were sent.
    """

    reviewed: Reviewed
    spoke: frozenset[str]
    silent: Mapping[str, str] = field(default_factory=dict)
    errored: Mapping[str, str] = field(default_factory=dict)
    untried: Mapping[str, str] = field(default_factory=dict)
    requests: int = 0
    seconds: float = 0.0

    @property
    def unexpected(self) -> frozenset[str]:
        """Who spoke and should not have."""
        return self.spoke - self.reviewed.may

    @property
    def right(self) -> bool:
        """Whether every cell is as reviewed."""
        return not (self.silent or self.unexpected or self.errored or self.untried)

    @property
    def wrong(self) -> int:
        """How many cells are not as reviewed."""
        return len({*self.silent, *self.unexpected, *self.errored, *self.untried})


def prove_row(misbehaviour: str, *, seed: int = 0, only: Collection[str] = ()) -> Row:
    """
    Run every check on the mock with one misbehaviour, or on the ``sound`` one.

    Args:
        only: Ids of checks; empty is all.
    """
    began = time.perf_counter()
    expected = reviewed(misbehaviour)
    sound = misbehaviour == SOUND
    journal = ask_mock(
        sample_vendor(),
        discovery.checks(),
        misbehaviours=() if sound else (misbehaviour,),
        only=only,
        budget=BUDGET,
        seed=seed,
        cases=_drawn(seed),
    )
    outcomes = journal.outcomes()
    spoke = speaking(outcomes)
    asked = frozenset(only) or expected.must
    return Row(
        reviewed=expected,
        spoke=spoke,
        silent={id: _instead(outcomes, id) for id in sorted(expected.must & asked - spoke)},
        errored={o.check: o.reason for o in outcomes if o.status is Status.ERRORED},
        untried=_untried(outcomes) if sound else {},
        requests=journal.exchanges_sent(),
        seconds=time.perf_counter() - began,
    )


def speaking(outcomes: Iterable[Outcome]) -> frozenset[str]:
    """Checks that reported something; information counts only where the check gives no more."""
    return frozenset(
        outcome.check
        for outcome in outcomes
        for finding in outcome.findings
        if finding.level is not Level.INFORMATION or outcome.check in QUIET
    )


@cache
def sample_vendor() -> Vendor:
    """The vendor that comes with the package, whose mock is asked."""
    return loading.load_vendor(samples.vendor())


@cache
def _drawn(seed: int) -> CaseSource:
    """The requests of a seed, the same in every row."""
    return drawn(sample_vendor(), seed)


def _untried(outcomes: Iterable[Outcome]) -> dict[str, str]:
    """Checks that apply to the sound mock, and passed on nothing of it."""
    held = list(outcomes)
    applicable = {o.check for o in held if o.status is not Status.NOT_APPLICABLE}
    passed = {o.check for o in held if o.status is Status.PASS}
    odd = {o.check for o in held if o.status is Status.INCONCLUSIVE}
    return {id: _instead(held, id) for id in sorted(applicable - passed | odd)}


def _instead(outcomes: Iterable[Outcome], check: str) -> str:
    """What a silent check ended as, the most telling of its outcomes."""
    ranks = (Status.INCONCLUSIVE, Status.NOT_TESTED, Status.PASS, Status.NOT_APPLICABLE)
    held = [o for o in outcomes if o.check == check]
    for status in ranks:
        found = next((o for o in held if o.status is status), None)
        if found is not None:
            return f"{status.value}: {found.reason}" if found.reason else status.value
    return "not run"

"""An item of pytest: what one check, or one episode, showed of one subject."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol, cast

import pytest

from verifier import loading
from verifier.errors import InternalError, VerifierError
from verifier.jobs.passage import baseline_beside
from verifier.model import Outcome, Run, Status, fingerprint

__all__ = ["PlannedItem", "Planner"]

SKIPPED = {Status.NOT_TESTED, Status.NOT_APPLICABLE, Status.INCONCLUSIVE, Status.WAIVED}


class Refuted(Exception):  # noqa: N818  (what is wrong is not ours)
    """A check found something wrong with the vendor, or an episode with the integration."""


class Planner(Protocol):
    """What an item needs of its file."""

    @property
    def folder(self) -> Path:
        """Where the run is recorded."""

    def outcomes(self) -> Run:
        """The run, made once."""


class PlannedItem(pytest.Item):
    """
    One check for one subject.

    Args:
        subject: Key of an operation, name of a resource, id of an episode, or empty for the vendor
            as a whole.
    """

    def __init__(self, *, check: str, subject: str, **more: Any) -> None:
        super().__init__(**more)
        self.check = check
        self.subject = subject

    @property
    def planned(self) -> Planner:
        """The file that it belongs to."""
        return cast("Planner", self.parent)

    def runtest(self) -> None:
        """Tell what came of it; the first item of a file has the run made."""
        run = self.planned.outcomes()
        self.user_properties.append(("verifier_report", str(self.planned.folder / "index.html")))
        mine = [o for o in run.accounted if (o.check, o.subject) == (self.check, self.subject)]
        told = [outcome for outcome in mine if outcome.status is Status.FAIL] or mine
        for outcome in told:
            self._tell(outcome, run)

    def _tell(self, outcome: Outcome, run: Run) -> None:
        reason = outcome.reason + (f"; give {outcome.supply}" if outcome.supply else "")
        if outcome.status is Status.FAIL:
            text = "\n\n".join(_lines(outcome, run))
            if self._is_known(outcome):
                pytest.xfail(f"known, in the baseline: {outcome.findings[0].says}")
            raise Refuted(text)
        if outcome.status is Status.ERRORED:
            raise InternalError(f"{outcome.check} did not work: {outcome.reason}")
        if outcome.status in SKIPPED:
            pytest.skip(f"{outcome.status.value}: {reason}")
        for finding in outcome.findings:
            self.add_report_section("call", outcome.status.value, finding.says)

    def _is_known(self, outcome: Outcome) -> bool:
        path = baseline_beside(str(self.path))
        if not path.is_file():
            return False
        known = loading.read_baseline(path).failures
        return all(fingerprint(outcome.check, f) in known for f in outcome.findings)

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """What is wrong with the vendor, or the one message of an error; no traceback of ours."""
        if isinstance(excinfo.value, (Refuted, VerifierError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where it stands, and what it is called in the heading of a failure."""
        return self.path, None, f"{self.check} of {self.subject or 'the vendor'}"


def _lines(outcome: Outcome, run: Run) -> Iterator[str]:
    for finding in outcome.findings:
        yield "\n".join(
            filter(
                None,
                (
                    finding.says,
                    f"  expected  {finding.expected}" if finding.expected else "",
                    f"  seen      {finding.seen}" if finding.seen else "",
                    f"  evidence  {', '.join(finding.evidence[:3])}" if finding.evidence else "",
                    f"  ask       {finding.ask}" if finding.ask else "",
                    f"  known as  {fingerprint(outcome.check, finding)}",
                ),
            )
        )
    yield f"verifier explain {outcome.check}"

"""A plan as items of pytest: one evaluation, whose outcomes the items tell, one by one."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from verifier import loading, pipeline
from verifier.errors import InternalError, VerifierError
from verifier.jobs.passage import baseline_beside
from verifier.model import Outcome, Run, Status, fingerprint
from verifier.runs import playbill
from verifier.runs.assignment import Assignment

__all__ = ["PlannedItem", "ScenarioFile", "VendorFile"]

PATIENCE_SECONDS = 2 * 3600.0
POLL_SECONDS = 0.1
SKIPPED = {Status.NOT_TESTED, Status.NOT_APPLICABLE, Status.INCONCLUSIVE, Status.WAIVED}


class Refuted(Exception):  # noqa: N818  (what is wrong is the vendor)
    """A check found something wrong with the vendor."""


class PlannedFile(pytest.File):
    """A file whose plan is made when it is collected, and carried out when an item is first run."""

    _run: Run | None = None

    def order(self) -> Assignment:
        """What is evaluated."""
        raise NotImplementedError

    def collect(self) -> Iterator[PlannedItem]:
        """An item for each check and subject of the plan."""
        try:
            plan = pipeline.prepare(self.order()).plan
        except VerifierError as error:
            raise self.CollectError(str(error)) from error
        for planned in plan.items:
            name = f"{planned.check}[{planned.subject or 'vendor'}]"
            yield PlannedItem.from_parent(
                self, name=name, check=planned.check, subject=planned.subject
            )

    def outcomes(self) -> Run:
        """The run, made once, however many processes share the items."""
        if self._run is None:
            self._run = self._made()
        return self._run

    @property
    def folder(self) -> Path:
        """Where the run is recorded: the same for every process of a session."""
        name = self.path.parent.name if self.path.stem == "vendor" else self.path.name
        return self.config.rootpath / "reports" / name / f"pytest-{_session(self.config)[:12]}"

    def _made(self) -> Run:
        order = replace(
            self.order(), only=self._chosen(), folder=self.folder, formats=("html", "json")
        )
        return _shared(self.folder, order)

    def _chosen(self) -> tuple[str, ...]:
        """The checks of the items that were not deselected."""
        items = [item for item in self.session.items if isinstance(item, PlannedItem)]
        return tuple(sorted({item.check for item in items if item.path == self.path}))

    def _asked(self, where: str, base_url: str, **more: Any) -> Assignment:
        """The order: of the vendor where it has an address, else of its mock."""
        option = self.config.getoption
        url = option("--vendor-url")
        mock = option("--vendor-mock") or not (url or base_url)
        names = option("--vendor-misbehave").split(",")
        return Assignment(
            where=where,
            base_url=url,
            mock=mock,
            misbehave=tuple(name.strip() for name in names if name.strip()),
            budget=option("--vendor-budget"),
            allow_writes=option("--vendor-allow-writes"),
            **more,
        )


class VendorFile(PlannedFile):
    """A vendor.yaml."""

    def order(self) -> Assignment:
        """All checks of the vendor."""
        return self._asked(str(self.path), loading.load_vendor(self.path).base_url)


class ScenarioFile(PlannedFile):
    """Arazzo workflows, an item each."""

    def order(self) -> Assignment:
        """The workflows of the file."""
        opened = playbill.open_scenario(str(self.path)).description
        where = playbill.vendor_of(opened, {})
        apis = playbill.apis_of([opened], where, {})
        return self._asked(
            where,
            loading.load_vendor(where).base_url,
            scenarios=(str(self.path),),
            only=("scenario.*",),
            apis=apis,
        )


class PlannedItem(pytest.Item):
    """
    One check for one subject.

    Args:
        subject: Key of an operation, name of a resource, or empty for the vendor as a whole.
    """

    def __init__(self, *, check: str, subject: str, **more: Any) -> None:
        super().__init__(**more)
        self.check = check
        self.subject = subject

    @property
    def planned(self) -> PlannedFile:
        """The file that it belongs to."""
        assert isinstance(self.parent, PlannedFile)  # noqa: S101  (for the type checker)
        return self.parent

    def runtest(self) -> None:
        """Tell what came of it; the first item of a file evaluates the vendor."""
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
                    f"  waive     {fingerprint(outcome.check, finding)}",
                ),
            )
        )
    yield f"verifier explain {outcome.check}"


def _session(config: pytest.Config) -> str:
    """The same in every process of a session, and in no other session."""
    given = getattr(config, "workerinput", None)
    if given is not None:
        return str(given["testrunuid"])
    found = config.stash.get(SESSION, "")
    if not found:
        found = uuid.uuid4().hex
        config.stash[SESSION] = found
    return found


SESSION = pytest.StashKey[str]()


def _shared(folder: Path, order: Assignment) -> Run:
    """
    The run of an order, made by whichever process comes first; the others wait for it.

    A folder can be made only once: whoever makes it does the work, and says how it ended.
    """
    sign = hashlib.sha256(str(folder).encode()).hexdigest()[:24]
    lock = Path(tempfile.gettempdir()) / f"verifier-pytest-{sign}"
    try:
        lock.mkdir()
    except FileExistsError:
        return _waited(folder, lock)
    try:
        run = pipeline.evaluate(order).run
    except BaseException as error:
        _put(lock, "failed", str(error) or type(error).__name__)
        raise
    _put(lock, "done", "")
    return run


def _put(lock: Path, name: str, text: str) -> None:
    """A file that is there as a whole or not at all."""
    part = lock / f"{name}.part"
    part.write_text(text, "utf-8")
    os.replace(part, lock / name)


def _waited(folder: Path, lock: Path) -> Run:
    last = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < last:
        if (lock / "done").exists():
            return pipeline.judged(folder)[0]
        if (lock / "failed").exists():
            said = (lock / "failed").read_text("utf-8")
            raise InternalError(f"another process evaluated this vendor and failed: {said}")
        time.sleep(POLL_SECONDS)
    raise InternalError("another process evaluates this vendor, and does not come to an end")

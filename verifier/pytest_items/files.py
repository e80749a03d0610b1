"""Files whose plans are items of pytest: one run each, whose outcomes the items tell one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from verifier import loading, pipeline, rehearsing
from verifier.errors import VerifierError
from verifier.model import Question, Run
from verifier.pytest_items.items import PlannedItem
from verifier.pytest_items.sharing import session_of, shared
from verifier.runs import playbill
from verifier.runs.assignment import Assignment

__all__ = ["IntegrationFile", "ScenarioFile", "VendorFile"]

FORMATS = ("html", "json")


class PlannedFile(pytest.File):
    """A file whose plan is made when it is collected, and carried out when an item is first run."""

    _run: Run | None = None

    def planned(self) -> Iterable[tuple[str, str]]:
        """Check and subject of each item."""
        raise NotImplementedError

    def made(self, chosen: Sequence[PlannedItem]) -> Run:
        """The run, recorded in the folder; it holds at least what the chosen items tell."""
        raise NotImplementedError

    def collect(self) -> Iterator[PlannedItem]:
        """An item for each check and subject of the plan."""
        try:
            pairs = list(self.planned())
        except VerifierError as error:
            raise self.CollectError(str(error)) from error
        for check, subject in pairs:
            name = f"{check}[{subject or 'vendor'}]"
            yield PlannedItem.from_parent(self, name=name, check=check, subject=subject)

    def outcomes(self) -> Run:
        """The run, made once, however many processes share the items."""
        if self._run is None:
            self._run = shared(self.folder, lambda: self.made(self._chosen()))
        return self._run

    @property
    def folder(self) -> Path:
        """Where the run is recorded: the same for every process of a session."""
        name = self.path.parent.name if self.path.stem == "vendor" else self.path.name
        return self.config.rootpath / "reports" / name / f"pytest-{session_of(self.config)[:12]}"

    def _chosen(self) -> list[PlannedItem]:
        """Its items that were not deselected."""
        items = [item for item in self.session.items if isinstance(item, PlannedItem)]
        return [item for item in items if item.path == self.path]


class AskingFile(PlannedFile):
    """A file that says what a vendor is asked."""

    def order(self) -> Assignment:
        """What is evaluated."""
        raise NotImplementedError

    def planned(self) -> Iterable[tuple[str, str]]:
        """What the plan holds."""
        return [(one.check, one.subject) for one in pipeline.prepare(self.order()).plan.items]

    def made(self, chosen: Sequence[PlannedItem]) -> Run:
        """An evaluation with the checks of the chosen items."""
        only = tuple(sorted({item.check for item in chosen}))
        order = replace(self.order(), only=only, folder=self.folder, formats=FORMATS)
        return pipeline.evaluate(order).run

    def asked(self, where: str, base_url: str, **more: Any) -> Assignment:
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


class VendorFile(AskingFile):
    """A vendor.yaml."""

    def order(self) -> Assignment:
        """All checks of the vendor."""
        return self.asked(str(self.path), loading.load_vendor(self.path).base_url)


class ScenarioFile(AskingFile):
    """Arazzo workflows, an item each."""

    def order(self) -> Assignment:
        """The workflows of the file."""
        opened = playbill.open_scenario(str(self.path)).description
        where = playbill.vendor_of(opened, {})
        apis = playbill.apis_of([opened], where, {})
        return self.asked(
            where,
            loading.load_vendor(where).base_url,
            scenarios=(str(self.path),),
            only=("scenario.*",),
            apis=apis,
        )


class IntegrationFile(PlannedFile):
    """An *.integration.yaml: an item for each property that an episode shows."""

    def planned(self) -> Iterable[tuple[str, str]]:
        """Every episode's properties, once the file is known to be sound."""
        rehearsing.read_integration(self.path)
        return [
            (f"{Question.INTEGRATION.value}.{name}", episode.id)
            for episode in rehearsing.episodes().values()
            for name in episode.properties
        ]

    def made(self, chosen: Sequence[PlannedItem]) -> Run:
        """A rehearsal of the episodes of the chosen items."""
        integration = rehearsing.read_integration(self.path)
        only = tuple(dict.fromkeys(item.subject for item in chosen))
        done = rehearsing.rehearse(integration, only=only)
        return rehearsing.report(done, self.folder, formats=FORMATS).run

"""What the user asked for, as data: enough to do it, and to do it again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict

__all__ = ["Assignment"]


class Assignment(Struct, frozen=True, kw_only=True):
    """
    One evaluation, as it was ordered. It holds references to secrets, never secrets.

    Args:
        where: Document (file, folder, address), vendor.yaml, or a folder with one.
        base_url: Where the API answers; with neither this nor ``mock`` it is a desk evaluation.
        principals: ``NAME=KIND:REFERENCE``, the first is used where a check does not choose.
        environment: ``sandbox`` or ``production``; empty takes vendor.yaml's.
        allow_writes: Whether things may be created and changed.
        allow_bursts: Whether limits may be provoked.
        webhook_url, webhook_port: Where the vendor reaches us, and where we listen for it.
        overlays: Overlay files, applied in order.
        mock: Whether a mock made from the document is asked.
        misbehave: Names of defects that the mock is given.
        budget: The most requests; None takes the vendor's limit.
        per_second: Pace in requests a second, 0 is unlimited; None takes the vendor's.
        timeout_seconds: For one answer; None takes the vendor's.
        minutes: The longest that the run asks on; None takes the vendor's.
        seed: Same seed, same run.
        questions: Ids of questions; empty is all.
        only: Ids (or patterns) of checks; empty is all.
        folder: Where the run is recorded; empty makes ``reports/<vendor>/<run>``.
        formats: Names of report formats; empty takes the usual ones.
        language: Of the report: ``en`` or ``de``.
        scenarios: Arazzo files whose workflows are run as well.
        workflows: Ids of workflows; empty takes those that no other one calls.
        tags: Only workflows with one of these.
        inputs: Inputs for workflows; JSON values.
        sources: Source description to the file that stands for it.
        apis: Source description to the document of a further API, beside the vendor's own.
        addresses: Source description to the address where that API answers.
        lenient: Whether what a scenario says in vain is let pass.
        waivers: Files with findings that are accepted; empty takes the one beside the vendor.
        claims: File with what the vendor says; empty takes the one beside the vendor.
        mappings: Mapping contracts that answer the question of meaning.
        test_mappings: Whether the implementations that they name are run.
    """

    where: str
    base_url: str = ""
    principals: tuple[str, ...] = ()
    environment: str = ""
    allow_writes: bool = False
    allow_bursts: bool = False
    webhook_url: str = ""
    webhook_port: int = 0
    overlays: tuple[str, ...] = ()
    mock: bool = False
    misbehave: tuple[str, ...] = ()
    budget: int | None = None
    per_second: float | None = None
    timeout_seconds: float | None = None
    minutes: float | None = None
    seed: int = 0
    questions: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    folder: Path | None = None
    formats: tuple[str, ...] = ()
    language: str = "en"
    scenarios: tuple[str, ...] = ()
    workflows: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    inputs: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    apis: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    lenient: bool = False
    waivers: tuple[str, ...] = ()
    claims: str = ""
    mappings: tuple[str, ...] = ()
    test_mappings: bool = False

    def as_data(self) -> dict[str, Any]:
        """The order as JSON values, to be kept with the run."""
        data = asdict(self)
        return {**data, "folder": str(self.folder) if self.folder else None}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Assignment:
        """The order that was kept with a run."""
        known = set(cls.__struct_fields__)
        given: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in known
        }
        folder = str(given.pop("folder") or "")
        return cls(**given, folder=Path(folder) if folder else None)

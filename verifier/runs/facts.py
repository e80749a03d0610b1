"""What a run's folder says about it: where, when, with which permissions, and of which checks."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from verifier.model import Check, CheckCard, Plan, RunFacts
from verifier.runs import papers
from verifier.runs.assignment import Assignment
from verifier.runs.stage import Stage

__all__ = ["cards_of", "facts_of", "folder_of"]


def folder_of(assignment: Assignment, scene: Stage) -> Path:
    """Where a run is recorded: the folder named, or ``reports/<vendor>/<time>``."""
    if assignment.folder is not None:
        return assignment.folder
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    return Path("reports") / scene.vendor.name / f"{stamp}-{secrets.token_hex(2)}"


def facts_of(assignment: Assignment, scene: Stage, plan: Plan, folder: Path) -> RunFacts:
    """The facts of a run that begins now."""
    vendor, source = scene.vendor, scene.vendor.contract.document.source
    return RunFacts(
        id=folder.name,
        vendor=vendor.name,
        title=vendor.contract.title,
        mode=scene.mode,
        environment=vendor.environment.value,
        base_url=vendor.base_url,
        document=source.location,
        digest=source.digest,
        seed=plan.seed,
        started=time.time(),
        tool_version=_version(),
        misbehaviours=assignment.misbehave,
        settings={
            "assignment": assignment.as_data(),
            **papers.kept(assignment),
            "allow_writes": vendor.writable,
            "principals": [principal.name for principal in vendor.principals],
            "carriers": {
                p.name: {"kind": p.kind, "location": p.location, "parameter": p.parameter}
                for p in vendor.principals
            },
            "budget": plan.budget,
            "per_second": plan.per_second,
        },
    )


def cards_of(plan: Plan, checks: Mapping[str, Check]) -> dict[str, CheckCard]:
    """A card for every check that the plan names."""
    named = {item.check for item in plan.items} | {item.check for item in plan.omitted}
    return {
        check.id: CheckCard(
            id=check.id,
            title=check.title,
            doc=check.doc,
            question=check.question.value,
            severity=int(check.severity),
            source=check.source,
        )
        for check in checks.values()
        if check.id in named
    }


def _version() -> str:
    try:
        return version("vendor-verifier")
    except PackageNotFoundError:
        return "0"

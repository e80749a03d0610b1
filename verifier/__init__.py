"""
Can we depend on this vendor's API, and does our integration survive it?

    contract = verifier.load("openapi.yaml")             # a document, read and understood
    result = verifier.evaluate("openapi.yaml", mock=True)  # asked, judged, reported
    changes = verifier.diff("git:main:openapi.yaml", "openapi.yaml")  # each with its severity
    result.verdict.ruling, result.verdict.answers, result.files["html"]
    with verifier.mock("openapi.yaml") as mock:          # a vendor to code against: mock.url
        mock.fail("createInvoice", times=2, status=503)
    verifier.rehearse("sync.integration.yaml").profile   # which properties of our own side held
    verifier.examine_mapping("order.mapping.yaml", to_invoice).sound  # our code, as was decided
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verifier.api.asking import evaluate, load, report, resume, run
    from verifier.api.comparing import diff
    from verifier.api.mapping import (
        check_mapping,
        examine_mapping,
        open_mapping,
        reconcile,
        run_mapping,
    )
    from verifier.api.rehearsing import rehearse, report_rehearsal
    from verifier.api.serving import mock
    from verifier.mocking import Mock
    from verifier.model import Change, Comparison, Contract, Finding, Outcome, Run, Vendor, Verdict
    from verifier.pipeline import Evaluation

__all__ = [
    "Change",
    "Comparison",
    "Contract",
    "Evaluation",
    "Finding",
    "Mock",
    "Outcome",
    "Run",
    "Vendor",
    "Verdict",
    "check_mapping",
    "diff",
    "evaluate",
    "examine_mapping",
    "load",
    "mock",
    "open_mapping",
    "reconcile",
    "rehearse",
    "report",
    "report_rehearsal",
    "resume",
    "run",
    "run_mapping",
]

_ROOMS = {
    "verifier.api.asking": ("evaluate", "load", "report", "resume", "run"),
    "verifier.api.comparing": ("diff",),
    "verifier.api.mapping": (
        "check_mapping",
        "examine_mapping",
        "open_mapping",
        "reconcile",
        "run_mapping",
    ),
    "verifier.api.rehearsing": ("rehearse", "report_rehearsal"),
    "verifier.api.serving": ("mock",),
    "verifier.mocking": ("Mock",),
    "verifier.pipeline": ("Evaluation",),
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    """The public names are imported when they are first used: ``verifier --help`` stays quick."""
    if name not in __all__:
        raise AttributeError(f"module 'verifier' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "verifier.model")), name)

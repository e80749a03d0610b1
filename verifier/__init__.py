"""
Can we depend on this vendor's API, and does our integration survive it?

    contract = verifier.load("openapi.yaml")             # a document, read and understood
    result = verifier.evaluate("openapi.yaml", mock=True)  # asked, judged, reported
    changes = verifier.diff("git:main:openapi.yaml", "openapi.yaml")  # each with its severity
    result.verdict.ruling, result.verdict.answers, result.files["html"]
    with verifier.mock("openapi.yaml") as mock:          # a vendor to code against: mock.url
        mock.fail("createInvoice", times=2, status=503)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verifier.api import diff, evaluate, load, mock, report, resume, run
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
    "diff",
    "evaluate",
    "load",
    "mock",
    "report",
    "resume",
    "run",
]

_HOMES = {"Evaluation": "verifier.pipeline", "Mock": "verifier.mocking"} | dict.fromkeys(
    ("diff", "evaluate", "load", "mock", "report", "resume", "run"), "verifier.api"
)


def __getattr__(name: str) -> Any:
    """The public names are imported when they are first used: ``verifier --help`` stays quick."""
    if name not in __all__:
        raise AttributeError(f"module 'verifier' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "verifier.model")), name)

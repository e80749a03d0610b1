"""A run built by hand, with every kind of outcome in it."""

from pathlib import Path

from verifier.loading import from_mapping
from verifier.model import (
    CheckCard,
    Exchange,
    Finding,
    LedgerEntry,
    Level,
    Outcome,
    Plan,
    Pointer,
    Request,
    Response,
    Run,
    RunFacts,
    Status,
    Timing,
)

DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1"},
    "paths": {"/things": {"get": {"responses": {"200": {"description": "Some."}}}}},
}
QUESTIONS = {
    "contract.status-documented": ("contract", 3),
    "credentials.missing-refused": ("credentials", 4),
    "failure.nothing-leaks": ("failure", 3),
    "operations.request-id-everywhere": ("operations", 2),
}


def card(check):
    question, severity = QUESTIONS[check]
    doc = f"Title of {check}.\n\nWhy it matters\n    Since it does.\n\nHow it asks\n    So."
    return CheckCard(
        id=check,
        title=f"Title of {check}",
        doc=doc,
        question=question,
        severity=severity,
        source="RFC",
    )


def finding(says="It is wrong.", **more):
    return Finding(
        **{
            "says": says,
            "signature": "wrong",
            "operation": "GET /things",
            "evidence": ("x1",),
            "expected": "right",
            "seen": "wrong",
            "ask": "Mend it.",
            "build": "Live with it.",
            "at": Pointer("", "/paths/~1things/get"),
            **more,
        }
    )


def outcome(check, status=Status.PASS, findings=(), **more):
    return Outcome(
        check=check,
        subject="GET /things",
        status=status,
        findings=tuple(findings),
        **{"samples": 0 if status is Status.NOT_TESTED else 1, **more},
    )


def exchange(id="x1", body=b'{"a": 1}', **request):
    return Exchange(
        id=id,
        request=Request(
            **{"method": "GET", "path": "/things", "operation": "GET /things", **request}
        ),
        response=Response(
            status=200, headers=(("Content-Type", "application/json"),), body=body, reason="OK"
        ),
        timing=Timing(total_seconds=0.0123),
        started=1_800_000_000.0,
        base_url="https://api.example.test",
        purpose="cases",
    )


def passing():
    return [outcome(check) for check in QUESTIONS]


def run(outcomes, exchanges=(), ledger=(), **facts):
    kept = {x.id: x for x in exchanges or (exchange(),)}
    return Run(
        facts=RunFacts(
            **{
                "id": "20260101-000000-0000",
                "vendor": "things",
                "title": "Things",
                "mode": "live",
                "environment": "sandbox",
                "base_url": "https://api.example.test",
                "document": "things.yaml",
                "digest": "0" * 64,
                "seed": 0,
                "started": 1_800_000_000.0,
                "finished": 1_800_000_005.0,
                "tool_version": "0",
                **facts,
            }
        ),
        contract=from_mapping(DOCUMENT, location="things.yaml"),
        plan=Plan(items=(), omitted=()),
        outcomes=tuple(outcomes),
        ledger=tuple(ledger),
        exchange_ids=tuple(kept),
        exchange=kept.__getitem__,
        cards={check: card(check) for check in QUESTIONS},
    )


def failing():
    """A run with one of everything."""
    return run(
        [
            outcome("contract.status-documented", Status.WARNING, [finding(level=Level.WARNING)]),
            outcome("credentials.missing-refused", Status.FAIL, [finding()], attempts=(2, 2)),
            outcome(
                "failure.nothing-leaks",
                Status.NOT_TESTED,
                reason="nobody could",
                supply="--allow-writes",
            ),
            outcome("operations.request-id-everywhere", Status.ERRORED, reason="ValueError: no"),
        ],
        ledger=[
            LedgerEntry(
                resource="things", path="/things/7", created_by="c", state="left", reason="405"
            )
        ],
    )


def write(run_, folder: Path):
    from verifier import judging, reporting

    return reporting.render(run_, judging.judge(run_), folder)

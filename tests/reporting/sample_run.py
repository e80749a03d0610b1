"""Runs built by hand: small ones for a point, and a rich one with every kind of outcome in it."""

import json
from functools import cache

from msgspec.structs import replace

from verifier.loading import from_mapping
from verifier.model import (
    Beat,
    CheckCard,
    Exchange,
    Failure,
    FailureKind,
    Finding,
    Form,
    Identity,
    Intent,
    LedgerEntry,
    Level,
    Outcome,
    Plan,
    Planned,
    Pointer,
    Request,
    Response,
    Run,
    RunFacts,
    Severity,
    Status,
    Story,
    Timing,
)

BLOCKER, MAJOR, MINOR = int(Severity.BLOCKER), int(Severity.MAJOR), int(Severity.MINOR)
SEVERITIES = {"credentials": BLOCKER, "contract": MAJOR, "failure": MAJOR, "duplicates": MAJOR}
BASE = "https://api.example.test/v2"
JSON = (("Content-Type", "application/json"),)


STORY = Story(
    title="A refund is told",
    place="refund.arazzo.yaml:7",
    row="an order in euros",
    beats=(
        Beat(
            step="order", kind="send", says="POST /orders", exchange="x3", answer="201", held=True
        ),
        Beat(step="wait", kind="wait", says="waits 2 s"),
        Beat(
            step="refund",
            kind="send",
            says="POST /refunds",
            actor="buyer",
            exchange="x4",
            answer="no answer (timeout)",
            held=False,
            seen=("the status is 0, not 201",),
            depth=1,
        ),
    ),
)


@cache
def contract(operations=3):
    """A contract of that many operations on orders, the first ones a collection's."""
    ok = {"responses": {"200": {"description": "Fine."}}}
    paths = {"/orders": {"get": ok, "post": ok}, "/orders/{id}": {"delete": ok}}
    for number in range(operations - 3):
        paths[f"/more/{number}"] = {"get": ok}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Orders", "version": "1"},
        "security": [{"key": []}],
        "paths": paths,
        "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
    }
    return from_mapping(document, location="orders.yaml")


def card(check):
    """A card as its check's module would make it."""
    question = check.partition(".")[0]
    doc = f"The rule {check} holds.\n\nWhy it matters\n    Since it does.\n\nHow it asks\n    So."
    return CheckCard(
        id=check,
        title=f"The rule {check} holds",
        doc=doc,
        question=question,
        severity=SEVERITIES.get(question, MINOR),
        source="RFC 9110, 15",
    )


def outcome(check, status=Status.PASS, *findings, subject="GET /orders", requests=1, **more):
    """An outcome that rests on an answer; ``requests=0`` makes it one of the document alone."""
    return Outcome(
        check=check,
        subject=subject,
        status=status,
        findings=findings,
        requests=0 if status is Status.NOT_TESTED else requests,
        **more,
    )


def failing(check, signature="wrong", *, subject="GET /orders", **more):
    """A failed outcome with one finding."""
    finding = Finding(
        says=f"It breaks {check}.",
        signature=signature,
        operation=subject,
        at=Pointer("", "/paths/~1orders/get"),
        expected="right",
        seen="wrong",
        ask="Mend it.",
        build="Live with it.",
        **more,
    )
    return outcome(check, Status.FAIL, finding, subject=subject)


def exchange(number, answer=None, *, status=200, response=..., failure=None, **request):
    """The exchange of that number; every third one is a POST."""
    if answer is None:
        answer = {"id": number, "name": f"name {number}", "tags": ["a", "b"]}
    if isinstance(answer, (dict, list)):
        answer = json.dumps(answer, separators=(",", ":"))
    if isinstance(answer, str):
        answer = answer.encode()
    asked = {
        "method": "GET" if number % 3 else "POST",
        "path": "/orders",
        "query": f"page={number}",
    }
    asked |= {"headers": (("Accept", "application/json"),)} | request
    asked.setdefault("operation", f"{asked['method']} /orders")
    answered = Response(status=status, headers=JSON, body=answer, reason="OK")
    return Exchange(
        id=f"x{number}",
        request=Request(**asked),
        response=answered if response is ... else response,
        failure=failure,
        timing=Timing(total_seconds=0.001 * (1 + number % 97)),
        started=1_800_000_000.0 + number,
        base_url=BASE,
        purpose="cases",
    )


def run(outcomes, exchanges=(), ledger=(), *, promised=None, planned=(), cards=(), **facts):
    """A live run of these outcomes that came to its end."""
    kept = {one.id: one for one in exchanges}
    checks = dict.fromkeys([o.check for o in outcomes] + [i.check for i in planned])
    held = {check: card(check) for check in checks} | {one.id: one for one in cards}
    given = {
        "id": "20270115-080000-0000",
        "vendor": "orders",
        "title": "Orders",
        "mode": "live",
        "environment": "sandbox",
        "base_url": BASE,
        "document": "orders.yaml",
        "digest": "0" * 64,
        "seed": 0,
        "started": 1_800_000_000.0,
        "finished": 1_800_000_005.0,
        "tool_version": "0",
        "settings": {"principals": ["buyer"]},
        **facts,
    }
    return Run(
        facts=RunFacts(**given),
        contract=promised or contract(),
        plan=Plan(items=tuple(planned), omitted=()),
        outcomes=tuple(outcomes),
        ledger=tuple(ledger),
        exchange_ids=tuple(kept),
        exchange=kept.__getitem__,
        cards=held,
    )


def rich():
    """A run with one of everything; it ended before its plan did."""
    told = run(_outcomes(), _exchanges(), _ledger(), planned=_missed(), misbehaviours=("open",))
    return replace(told, intents=(_intent(),))


def _outcomes():
    let_in = Finding(
        says="It answered 200 to a request without a credential.",
        signature="anonymous:let-in",
        operation="GET /orders",
        at=Pointer("", "/paths/~1orders/get"),
        evidence=("x1", "x2", "x99"),
        expected="401",
        seen="200",
        ask="Refuse it with 401.",
        build="Nothing on our side helps.",
    )
    leak = replace(let_in, says="Its 400 shows a stack trace.", signature="leak:a stack trace")
    odd = replace(let_in, says="It is odd.", signature="odd", level=Level.WARNING, evidence=())
    note = replace(odd, signature="note", level=Level.INFORMATION, detail={"places": ["a", "b"]})
    doubted = replace(odd, says="HEAD differs.", signature="head", level=Level.FAIL)
    return [
        outcome("contract.status-documented", samples=12),
        outcome("contract.status-documented", Status.WARNING, odd, note, subject="POST /orders"),
        outcome("credentials.missing-refused", Status.FAIL, let_in, attempts=(2, 2)),
        outcome("failure.nothing-leaks", Status.FAIL, leak),
        outcome(
            "failure.nothing-leaks",
            Status.FAIL,
            replace(leak, operation="POST /orders"),
            subject="POST /orders",
        ),
        outcome("contract.head-matches-get", Status.INCONCLUSIVE, doubted, reason="seen 1 of 3"),
        outcome("operations.request-id-everywhere", Status.ERRORED, reason="ValueError: no"),
        outcome("limits.limits-documented", subject="", requests=0),
        outcome("reach.changed-since", Status.REVIEW, replace(odd, level=Level.REVIEW)),
        outcome(
            "contract.created-is-readable",
            Status.NOT_TESTED,
            subject="orders",
            reason="nothing may be written",
            supply="--allow-writes",
        ),
        outcome("contract.writes-are-faithful", Status.WAIVED, odd, subject="POST /orders"),
        outcome(
            "failure.a-refund-is-told",
            Status.FAIL,
            replace(leak, says="No refund came.", signature="s"),
            story=STORY,
        ),
        outcome("change.version-explicit", Status.NOT_APPLICABLE, subject="", reason="no versions"),
    ]


def _exchanges():
    stranger = Identity(form=Form.ABSENT)
    gone = Failure(kind=FailureKind.TIMEOUT, says="no byte within 30 seconds", phase="wait")
    return [
        exchange(1, identity=stranger),
        exchange(2, identity=Identity(principal="buyer")),
        exchange(3, {"name": "Ada"}, headers=JSON, body=b'{"name": "Ada"}'),
        exchange(4, response=None, failure=gone),
        *(exchange(number) for number in range(5, 12)),
    ]


def _ledger():
    made = {"resource": "orders", "created_by": "contract.created-is-readable"}
    return [
        LedgerEntry(path="/orders/7", state="left", reason="DELETE answered 405", **made),
        LedgerEntry(path="/orders/8", state="removed", **made),
    ]


def _intent():
    request = Request(
        method="POST", path="/orders", operation="POST /orders", body=b'{"reference": "R-17"}'
    )
    return Intent(
        number=1,
        resource="orders",
        request=request,
        created_by="contract.created-is-readable",
        at=1_800_000_000.0,
        maybe=("/orders/9",),
    )


def _missed():
    return (Planned(check="contract.filters-filter", subject="GET /orders", price=4),)

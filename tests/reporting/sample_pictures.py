"""A picture of every kind, as a check would hand it over, and a run that holds them all."""

from msgspec.structs import replace

from tests.reporting.sample_run import exchange, outcome, run
from verifier.model import (
    Access,
    AccessMatrix,
    Attempt,
    ChangeTimeline,
    Correspondence,
    Dated,
    EdgeCase,
    EdgeCases,
    FieldState,
    Finding,
    Level,
    Link,
    LinkState,
    Loss,
    Losses,
    MappedField,
    RateStaircase,
    RateStep,
    RetryTimeline,
    Standing,
    Wait,
    shown,
)

MATRIX = AccessMatrix(
    principals=("admin", "read-only", "other tenant"),
    rows={
        "GET /orders": (Access.ALLOWED, Access.ALLOWED, Access.REFUSED),
        "POST /orders": (Access.ALLOWED, Access.LET_IN, Access.REFUSED),
        "DELETE /orders/{id}": (Access.SHUT_OUT, Access.REFUSED, Access.UNTESTED),
    },
)
RETRIES = RetryTimeline(
    attempts=(
        Attempt(at_seconds=0, took_seconds=0.2, lane="key-1", answer="503", good=True),
        Attempt(at_seconds=2.3, took_seconds=0.1, lane="key-1", answer="201", good=True),
        Attempt(at_seconds=0.5, took_seconds=0.4, lane="key-2", answer="no answer", good=True),
        Attempt(
            at_seconds=1.1, took_seconds=0.2, lane="key-2", answer="201", good=False, exchange="x2"
        ),
    ),
    waits=(Wait(lane="key-1", from_seconds=0.2, until_seconds=2.2, says="Retry-After: 2"),),
)
STAIRS = RateStaircase(
    steps=tuple(
        RateStep(per_second=n, sent=3 * n, refused=0 if n < 9 else n - 6) for n in range(1, 13)
    ),
    documented_per_second=10,
)
DATES = ChangeTimeline(
    dates=(
        Dated(day="2027-06-30", kind="sunset", says="GET /orders/legacy"),
        Dated(day="2026-03-01", kind="deprecation", says="GET /orders/legacy"),
        Dated(day="2026-11-02", kind="change", says="POST /orders takes a currency"),
    )
)
FIELDS = Correspondence(
    systems=("Shop", "Books"),
    two_way=False,
    source=(
        MappedField(path="id", state=FieldState.USED, required=True),
        MappedField(path="status", state=FieldState.USED),
        MappedField(path="gift_wrap", state=FieldState.LEFT),
        MappedField(path="note", state=FieldState.OPEN),
    ),
    target=(
        MappedField(path="Number", state=FieldState.USED, required=True),
        MappedField(path="Status", state=FieldState.USED),
        MappedField(path="Due", state=FieldState.USED),
        MappedField(path="Theme", state=FieldState.LEFT),
    ),
    links=(
        Link(target="Number", sources=("id",), state=LinkState.SOUND, how="template"),
        Link(target="Status", sources=("status",), state=LinkState.LOSSY, how="table status"),
        Link(target="Due", sources=(), state=LinkState.OPEN, says="from which day?"),
    ),
    open_policies=2,
)
LOSSES = Losses(
    rows=(
        Loss(field="table status", says="on_hold becomes DRAFT", signed="Head of accounting"),
        Loss(field="table status", says="churned becomes disabled", place="a.mapping.yaml:7"),
        Loss(field="Weight", says="loses something by round", needs_signature=False),
    )
)
EDGES = EdgeCases(
    cases=(
        EdgeCase(number=1, title="an optional field is absent", state="covered", asked=21),
        EdgeCase(number=2, title="a field is there, and null", state="found", asked=3),
        EdgeCase(number=3, title="an empty text", state="not applicable", because="it needs text"),
        EdgeCase(number=4, title="white space", state="not exercised", because="nobody asked"),
    )
)
PICTURES = {
    "credentials.scopes-hold": MATRIX,
    "duplicates.retry-has-one-effect": RETRIES,
    "limits.limit-is-documented": STAIRS,
    "change.dates-are-told": DATES,
    "meaning.edges-are-covered": EDGES,
    "meaning.fields-have-a-place": FIELDS,
    "meaning.losses-are-signed": LOSSES,
}
PAST = tuple(
    Standing(run=f"r{n}", at=1_790_000_000 + n * 864_000, letter=letter, score=score, failed=n)
    for n, (letter, score) in enumerate([("D", 48.0), ("NR", None), ("C", 66.5), ("B", 81.0)])
)


def pictured():
    """A sound run whose checks handed over a picture each."""
    outcomes = [
        replace(
            outcome(check, samples=5),
            findings=(
                Finding(
                    says=f"What {check} saw.",
                    signature="picture",
                    level=Level.INFORMATION,
                    detail=shown(picture),
                ),
            ),
        )
        for check, picture in PICTURES.items()
    ]
    return run(outcomes, exchanges=[exchange(number) for number in range(1, 60)])

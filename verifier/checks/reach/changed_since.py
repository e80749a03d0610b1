"""
It is possible to ask only for what changed.

Why it matters
    Without it, keeping two systems in step means reading everything every time: slow, dear, and
    the first thing to be cut by a rate limit.

How it asks
    It does not: it looks for a filter by time of change among the parameters of each list.

Limits
    Whether the filter finds what changed is tried elsewhere. Events or webhooks can serve the same
    need and are judged elsewhere.
"""

from __future__ import annotations

from verifier.checks.since import SINCE
from verifier.checks.specimens import document
from verifier.model import Contract, Effect, Finding, Findings, Level, Question, Severity, check


def _lists(contract: Contract) -> list[str]:
    return [resource.list for resource in contract.resources if resource.list]


def _has_lists(contract: Contract) -> str:
    return "" if _lists(contract) else "no list of a resource was recognised"


@check(
    question=Question.REACH,
    severity=Severity.MINOR,
    effect=Effect.NONE,
    source="common practice; Zalando RESTful API Guidelines, 137",
    applies=_has_lists,
)
def changed_since(contract: Contract) -> Findings:
    lists = _lists(contract)
    able = {k for c in contract.conventions_of("changed-since") for k in c.operations}
    unable = [key for key in lists if key not in able]
    if not unable:
        return ()
    none = len(unable) == len(lists)
    return (
        Finding(
            says="No list can be asked for what changed since a time."
            if none
            else f"{len(unable)} of {len(lists)} lists cannot be asked for what changed.",
            signature="no-changed-since" if none else "some-without-changed-since",
            expected="a parameter such as updated_since on each list",
            seen=f"{len(lists) - len(unable)} of {len(lists)} lists have one",
            level=Level.WARNING if none else Level.INFORMATION,
            ask="Offer a filter by time of change, deletions included.",
            build="Plan for full reads, or for webhooks with a nightly comparison.",
            detail={"operations": unable[:100]},
        ),
    )


changed_since.healthy(document=SINCE)
changed_since.broken(document=document())

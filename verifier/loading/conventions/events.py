"""
A way to catch up on missed events: a log of them, or a second delivery.

Looks at lists called events whose rows have a type and a time, and at operations that deliver
again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from verifier.loading.resources.language import stem
from verifier.loading.view import ContractView, word_set, words
from verifier.model import Convention, Operation, Resource

__all__ = ["recognise"]

LOGS = re.compile(r"(?:^|audit|activity|log)events?$|auditlogs?(?:event)?s?$|notificationevents?$")
AGAIN = re.compile(r"/(?:[\w-]*redeliver\w*|replay|resend|retry)$|/deliveries/\{[^{}]+\}/attempts$")
HOOKS = re.compile(r"hook|event|deliver", re.IGNORECASE)
TYPES = frozenset(("type", "eventtype", "action", "event", "topic", "kind", "eventname", "name"))
CALENDAR = word_set(
    """
    start end starts ends startsat endsat startat endat starttime endtime startdate enddate
    location venue attendees
    """
)
TIMES = re.compile(r"creat|time|date|occurred|(?:^|_)at$|_on$", re.IGNORECASE)


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention for logs, one for second deliveries."""
    operations = {operation.key: operation for operation in view.operations}
    sure = {
        r.name: _sureness(view, r, operations[r.list])
        for r in view.resources
        if r.list and _named(r)
    }
    logs = [resource for resource in view.resources if sure.get(resource.name)]
    if logs:
        yield Convention(
            kind="events",
            style="log",
            operations=tuple(resource.list for resource in logs),
            detail={"resources": [resource.name for resource in logs]},
            confidence=max(sure.values()),
            reason="events are listed at " + ", ".join(r.collection for r in logs[:3]),
        )
    again = [o.key for o in _redelivering(view.operations)]
    if again:
        yield Convention(
            kind="events",
            style="redelivery",
            operations=tuple(again),
            confidence=0.85,
            reason="deliveries can be repeated: " + ", ".join(again[:3]),
        )


def _named(resource: Resource) -> bool:
    last = (resource.collection or resource.item).rpartition("/")[2]
    return bool(LOGS.search(stem(last)) or LOGS.search("".join(words(last))))


def _sureness(view: ContractView, resource: Resource, listing: Operation) -> float:
    """How likely it is a log, 0 to 1: its rows have a type and a time, and it is the vendor's."""
    answer = view.success(listing)
    members = view.members(answer)
    rows = view.items(members.get(resource.list_member) if resource.list_member else answer)
    fields = view.members(rows)
    plain = {"".join(words(name)) for name in fields}
    # Events with a place or a beginning are in a calendar.
    if plain & CALENDAR:
        return 0.0
    if plain & TYPES and any(TIMES.search(name) for name in fields):
        return 0.6 if "{" in resource.collection else 0.85
    return 0.0 if "{" in resource.collection else 0.5


def _redelivering(operations: Iterable[Operation]) -> Iterator[Operation]:
    for operation in operations:
        again = operation.method == "POST" and AGAIN.search(operation.path)
        if again and HOOKS.search(operation.path):
            yield operation

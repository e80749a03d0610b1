"""
A way to catch up on missed events: a log of them, or a second delivery.

Looks at lists called events whose rows have a type and a time, and at operations that deliver
again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from verifier.loading.resources.language import stem
from verifier.loading.view import ContractView, words
from verifier.model import Convention, Operation, Resource

__all__ = ["recognise"]

LOGS = re.compile(r"(?:^|audit|activity|log)events?$|auditlogs?(?:event)?s?$|notificationevents?$")
AGAIN = re.compile(r"/(?:[\w-]*redeliver\w*|replay|resend|retry)$|/deliveries/\{[^{}]+\}/attempts$")
HOOKS = re.compile(r"hook|event|deliver", re.IGNORECASE)
TYPES = frozenset(("type", "eventtype", "action", "event", "topic", "kind", "eventname", "name"))
TIMES = re.compile(r"creat|time|date|occurred|(?:^|_)at$|_on$", re.IGNORECASE)


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention for logs, one for second deliveries."""
    operations = {operation.key: operation for operation in view.operations}
    logs = [r for r in view.resources if r.list and _is_log(view, r, operations)]
    if logs:
        yield Convention(
            kind="events",
            style="log",
            operations=tuple(resource.list for resource in logs),
            detail={"resources": [resource.name for resource in logs]},
            confidence=0.85 if any("{" not in r.collection for r in logs) else 0.6,
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


def _is_log(view: ContractView, resource: Resource, operations: dict[str, Operation]) -> bool:
    path = (resource.collection or resource.item).rpartition("/")[2]
    if not LOGS.search(stem(path)) and not LOGS.search("".join(words(path))):
        return False
    answer = view.success(operations[resource.list])
    members = view.members(answer)
    rows = view.items(members.get(resource.list_member) if resource.list_member else answer)
    fields = view.members(rows)
    typed = any("".join(words(name)) in TYPES for name in fields)
    return typed and any(TIMES.search(name) for name in fields)


def _redelivering(operations: Iterable[Operation]) -> Iterator[Operation]:
    for operation in operations:
        again = operation.method == "POST" and AGAIN.search(operation.path)
        if again and HOOKS.search(operation.path):
            yield operation

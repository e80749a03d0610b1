"""
A key of our own that a creation takes: ``reference``, ``external_id``.

Looks at the members of creation bodies. Such a key lets us find what an earlier, lost request
made; whether the vendor refuses it a second time is another question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from verifier.loading.tally import usual
from verifier.loading.view import ContractView, words
from verifier.model import Convention

__all__ = ["recognise"]

NAME = re.compile(
    r"(?:merchant|external|client|customer|partner|vendor|own)?reference(?:id|number)?"
    r"|(?:external|foreign|remote)(?:id|key|identifier|orderid)|(?:client|merchant)(?:orderid"
    r"|requestid)|requestid|customid|uniqueid|dedupkey|deduplicationkey"
)


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention, with the field of each operation."""
    operations = {operation.key: operation for operation in view.operations}
    found: dict[str, str] = {}
    for resource in view.resources:
        body = view.body(operations.get(resource.create))
        for name in view.members(body):
            if NAME.fullmatch("".join(words(name))):
                found.setdefault(resource.create, name)
    if found:
        yield Convention(
            kind="natural-key",
            style="body",
            operations=tuple(found),
            detail={"name": usual(found.values()), "fields": found},
            confidence=0.7,
            reason=f"{len(found)} creations take a key of ours, such as '{usual(found.values())}'",
        )

"""
How small a key can be: the scopes that operations ask for.

Looks at the security of each operation: whether it names scopes, and whether reading can be had
without a scope that also writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from verifier.loading.resources.language import asks
from verifier.loading.view import ContractView
from verifier.model import Convention, Operation

__all__ = ["recognise"]

MOST_NAMED = 50
QUERY = re.compile(
    r"[/:._-](?:search|query|list|count|calculate|estimate|retrieve|get|find)(?:\.json)?$", re.I
)


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention, where any operation names a scope."""
    naming = [o for o in view.operations if _scopes(o)]
    if not naming:
        return
    writing = {scope for o in naming if not _reads(o) for scope in _scopes(o)}
    reading = [o for o in naming if _reads(o)]
    # A way in without any writing scope is enough.
    forced = [o.key for o in reading if all(writing & set(way) for way in _ways(o))]
    used = sorted({scope for o in naming for scope in _scopes(o)})
    declared = {scope for scheme in view.schemes.values() for scope in scheme.scopes}
    yield Convention(
        kind="scopes",
        style="one-for-all" if len(used) == 1 else "per-operation",
        operations=tuple(o.key for o in naming),
        detail={
            "scopes": len(used),
            "unused": sorted(declared - set(used)),
            "undeclared": sorted(set(used) - declared),
            "reads": len(reading),
            "reads_that_need_a_writing_scope": forced[:MOST_NAMED],
        },
        confidence=0.95,
        reason=f"{len(naming)} of {len(view.operations)} operations name one of {len(used)} scopes"
        + (f"; {len(forced)} reads need a scope that also writes" if forced else ""),
    )


def _reads(operation: Operation) -> bool:
    """Safe by its method, or a query that is POSTed."""
    return operation.safe or asks(operation.summary) or bool(QUERY.search(operation.path))


def _ways(operation: Operation) -> list[tuple[str, ...]]:
    return [
        tuple(scope for scopes in need.schemes.values() for scope in scopes)
        for need in operation.security
    ]


def _scopes(operation: Operation) -> set[str]:
    return {scope for way in _ways(operation) for scope in way}

"""
Reading only what is new and writing only what is unchanged: ETag, If-None-Match, If-Match.

Looks at response headers, request headers, and documented 304 and 412 answers (RFC 9110, 13).
"""

from __future__ import annotations

from collections.abc import Iterable

from verifier.loading.view import ContractView
from verifier.model import Convention, Operation

__all__ = ["recognise"]

READS = ("ifnonematch", "ifmodifiedsince")
WRITES = ("ifmatch", "ifunmodifiedsince")


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention, with what is offered for reading and for writing."""
    tagged = {
        o.key for name in ("etag", "last-modified") for o, _, _ in view.headers().get(name, ())
    }
    safe = {operation.key for operation in view.operations if operation.safe}
    named = _taking(view, READS + WRITES)
    reads = (_taking(view, READS) | _answering(view, "304")) & safe
    # A PUT with 'If-None-Match: *' creates only; so on writes any of the four counts.
    writes = named - safe
    if tagged or named:
        # Alone, 412 is also used for failures that have nothing to do with ETags.
        writes |= _answering(view, "412", "428") - safe
    if not (tagged or reads or writes):
        return
    every = tagged | reads | writes
    shown = [
        says
        for says, found in (
            ("ETag or Last-Modified in answers", tagged),
            ("conditional reads", reads),
            ("conditional writes", writes),
        )
        if found
    ]
    yield Convention(
        kind="conditional",
        style="etag" if "etag" in view.headers() or reads or writes else "last-modified",
        operations=tuple(o.key for o in view.operations if o.key in every),
        detail={
            "validator": bool(tagged),
            "reads": sorted(reads),
            "writes": sorted(writes),
        },
        confidence=0.95 if tagged or named else 0.6,
        reason="documented: " + ", ".join(shown),
    )


def _taking(view: ContractView, names: tuple[str, ...]) -> set[str]:
    return {
        operation.key
        for name in names
        for operation, parameter in view.parameters(name)
        if parameter.location == "header"
    }


def _answering(view: ContractView, *statuses: str) -> set[str]:
    def answers(operation: Operation) -> bool:
        return any(spec.status in statuses for spec in operation.responses)

    return {operation.key for operation in view.operations if answers(operation)}

"""
A way to ask only for what changed: ``updated_since``, ``modified_after``, ``If-Modified-Since``.

Looks at the parameters of lists. ``since`` alone counts where its description speaks of updates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from verifier.loading.tally import keys_of, usual
from verifier.loading.view import ContractView
from verifier.model import Convention, Operation, Parameter

__all__ = ["recognise"]

CHANGED = r"(?:last)?(?:updated?|modified|changed?|modification)(?:at|on|date|time|datetime|utc)?"
NAME = re.compile(
    rf"^(?:filters?)?(?:{CHANGED}(?:since|after|from|gte?|min|start|begin)"
    rf"|(?:since|after|from|min|start){CHANGED}|(?:changed|updated|modified)since"
    rf"|{CHANGED})$"
)
SINCE = frozenset(("since", "sinceid", "sincetime", "since_date", "modified"))
SPEAKS = re.compile(r"updat|modif|chang", re.IGNORECASE)


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention for filters, one for the conditional header."""
    filters: list[tuple[Operation, Parameter]] = []
    headers: list[tuple[Operation, Parameter]] = []
    for name in view.parameter_names():
        for operation, parameter in view.parameters(name):
            if operation.method not in ("GET", "QUERY"):
                continue
            if parameter.location == "header" and name == "ifmodifiedsince":
                headers.append((operation, parameter))
            elif parameter.location == "query" and _filters(name, parameter):
                filters.append((operation, parameter))
    for style, found in (("filter", filters), ("if-modified-since", headers)):
        if found:
            name = usual(parameter.name for _, parameter in found)
            yield Convention(
                kind="changed-since",
                style=style,
                operations=keys_of(operation for operation, _ in found),
                detail={"name": name, "names": sorted({p.name for _, p in found})},
                confidence=0.9 if style == "filter" else 0.8,
                reason=f"{len(found)} operations take '{name}'",
            )


def _filters(name: str, parameter: Parameter) -> bool:
    if name in SINCE:
        return bool(SPEAKS.search(parameter.description[:400]))
    return bool(NAME.match(name[:60]))

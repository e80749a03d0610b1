"""
What is deprecated says until when it works, and what comes after it.

Why it matters
    "Deprecated" without a date is either ignored for years or found out on the morning on which
    it stops. A date and a successor make it a task with a deadline.

How it asks
    It does not: it reads the marks of operations and parameters, and looks for a sunset date, a
    successor or a reason beside them.

Limits
    Dates in prose are recognised where they are written plainly. Deprecated fields of bodies are
    counted by the inspection, not here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from verifier.checks.specimens import ITEMS, document
from verifier.model import (
    Contract,
    Effect,
    Finding,
    Findings,
    Level,
    Operation,
    Question,
    Severity,
    check,
)

DATE = re.compile(
    r"\b20\d\d-\d\d(?:-\d\d)?\b|\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\w*\.?"
    r" (?:\d{1,2}(?:st|nd|rd|th)?,? )?20\d\d\b",
    re.IGNORECASE,
)
SUCCESSOR = re.compile(
    r"\b(?:use|see|instead|replaced|replacement|successor|migrate|superseded|favou?r)\b",
    re.IGNORECASE,
)


def _deprecated(contract: Contract) -> list[Operation]:
    return [o for o in contract.operations if o.deprecated]


def _has_deprecated(contract: Contract) -> str:
    return "" if _deprecated(contract) else "nothing is marked as deprecated"


@check(
    question=Question.CHANGE,
    severity=Severity.MAJOR,
    effect=Effect.NONE,
    source="RFC 8594; RFC 9745; OpenAPI 3.1.1, 4.8.10 (deprecated)",
    applies=_has_deprecated,
)
def deprecated_has_a_date(contract: Contract) -> Findings:
    marked = _deprecated(contract)
    undated = [o for o in marked if not _dated(o)]
    lost = [o for o in undated if not _succeeded(o)]
    findings = []
    if lost:
        says = (
            f"{len(lost)} of {len(marked)} deprecated operations name neither a date nor a "
            "successor."
        )
        findings.append(_finding(lost, says, "no-date-no-successor", Level.FAIL))
    rest = [o for o in undated if o not in lost]
    if rest:
        said = (
            f"{len(rest)} of {len(marked)} deprecated operations do not say until when they work."
        )
        findings.append(_finding(rest, said, "no-date", Level.WARNING))
    return findings


def _dated(operation: Operation) -> bool:
    named = any("sunset" in name.lower() or "removal" in name.lower() for name in _marks(operation))
    return named or bool(DATE.search(f"{operation.summary} {operation.description}"))


def _succeeded(operation: Operation) -> bool:
    named = any(word in name.lower() for name in _marks(operation) for word in ("success", "repl"))
    return named or bool(SUCCESSOR.search(f"{operation.summary} {operation.description}"))


def _marks(operation: Operation) -> list[str]:
    """Names of the extensions, and of the members of those that are objects."""
    inner = [v for v in operation.extensions.values() if isinstance(v, Mapping)]
    return [*operation.extensions, *(str(name) for members in inner for name in members)]


def _finding(found: list[Operation], says: str, signature: str, level: Level) -> Finding:
    return Finding(
        says=says,
        signature=signature,
        operation=found[0].key,
        at=found[0].at,
        expected="a sunset date and a successor",
        seen=", ".join(o.key for o in found[:5]) + (" …" if len(found) > 5 else ""),
        level=level,
        ask="Until when do these work, and what replaces them?",
        build="Treat each as ending soon: move off it, and watch it meanwhile.",
        detail={"operations": [o.key for o in found]},
    )


def _marked(**more: Any) -> dict[str, Any]:
    old = {**ITEMS["paths"]["/items"]["get"], "deprecated": True, **more}
    return document(paths={"/items": {"get": old}})


deprecated_has_a_date.healthy(document=_marked(**{"x-sunset": "2027-06-30"}))
deprecated_has_a_date.broken(document=_marked())
deprecated_has_a_date.broken(document=_marked(description="Use /things instead."))

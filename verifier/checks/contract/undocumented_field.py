"""
Bodies hold nothing that the document does not know.

Why it matters
    A field that is not in the document may vanish or change without notice; whoever builds on it
    builds on sand. It also shows how closely the document follows the code.

How it asks
    It looks at every answer to the valid and invalid requests drawn for an operation and compares
    members with the documented properties.

Limits
    Further fields are allowed by most documents, so this is information. Objects that the document
    leaves open on purpose (maps) are not compared.
"""

from __future__ import annotations

from typing import Any

from verifier.checks.contract import reading, shape
from verifier.checks.specimens import Shelf
from verifier.model import (
    Effect,
    Finding,
    Findings,
    Level,
    Observation,
    Question,
    Severity,
    Validity,
    check,
)

CLOSED = frozenset({"additionalProperties", "unevaluatedProperties"})


@check(
    question=Question.CONTRACT,
    severity=Severity.NOTE,
    effect=Effect.READ,
    source="OpenAPI 3.1.1, 4.8.24 Schema Object (properties, additionalProperties)",
    catches="extra-field",
    inputs=(Validity.VALID, Validity.BROKEN),
)
def undocumented_field(seen: Observation) -> Findings | None:
    read = reading(seen)
    if read is None or read.spec is None or not read.media_ok or read.parse_error:
        return None
    closed = any(violation.keyword in CLOSED for violation in read.violations)
    fields = sorted({shape(pointer) for pointer in read.undocumented})
    return tuple(
        Finding(
            says=f"Its {seen.exchange.status} holds {field}, which the document does not know.",
            signature=f"undocumented-field:{seen.exchange.status}:{field}",
            operation=seen.operation.key,
            at=read.media.at if read.media else read.spec.at,
            evidence=(seen.exchange.id,),
            expected="only documented members",
            seen=field,
            level=Level.WARNING if closed else Level.INFORMATION,
            ask=f"Document {field}, or say that it must not be used.",
            build="Ignore members that the document does not name.",
        )
        for field in fields
    )


undocumented_field.healthy(Shelf)


@undocumented_field.broken
class Chatty(Shelf):
    """Tells more than it documents."""

    def shown(self, item: dict[str, Any]) -> dict[str, Any]:
        """An item with an internal member."""
        return {**item, "shard": 7}

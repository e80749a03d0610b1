"""
The document obeys its own format, and its examples obey its schemas.

Why it matters
    Everything else rests on the document: generated clients, mocks, this report. Where it is broken
    nothing that is built from it can be trusted, and it shows how it is kept.

How it asks
    It does not: the document is held against its OpenAPI version, every reference is followed, and
    every example is held against the schema beside it.

Limits
    A Swagger 2 document is judged in its converted form. Examples inside schemas (as against those
    of parameters, bodies and answers) are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.checks.specimens import ITEMS, document
from verifier.model import (
    Contract,
    Effect,
    Example,
    Finding,
    Findings,
    Media,
    Parameter,
    Pointer,
    Question,
    Schema,
    Severity,
    check,
)
from verifier.validating import Direction, validator
from verifier.validating.documents import document_errors

MOST_OF_A_KIND = 20


@check(
    question=Question.CONTRACT,
    severity=Severity.MAJOR,
    effect=Effect.NONE,
    source="OpenAPI 3.0.4, 3.1.2 or 3.2.0, whichever the document declares",
)
def document_valid(contract: Contract) -> Findings:
    found: dict[str, list[tuple[str, Pointer]]] = {}
    for error in document_errors(contract.document):
        found.setdefault("format", []).append((error.says, error.at))
    for problem in contract.problems:
        found.setdefault("problem", []).append((problem.says, problem.at))
    for says, at in _wrong_examples(contract):
        found.setdefault("example", []).append((says, at))
    return [finding for kind, wrongs in found.items() for finding in _findings(kind, wrongs)]


WORDS = {
    "format": ("breaks the OpenAPI format", "Correct the document."),
    "problem": ("cannot be read as it stands", "Correct the document."),
    "example": ("shows an example that breaks its own schema", "Correct the example, or schema."),
}


def _findings(kind: str, wrongs: list[tuple[str, Pointer]]) -> Iterator[Finding]:
    words, ask = WORDS[kind]
    for says, at in wrongs[:MOST_OF_A_KIND]:
        yield Finding(
            says=f"The document {words}: {says}",
            signature=f"{kind}:{at}",
            at=at,
            expected="a valid document",
            seen=says,
            ask=ask,
            severity=None if kind == "format" else Severity.MINOR,
        )
    more = len(wrongs) - MOST_OF_A_KIND
    if more > 0:
        yield Finding(
            says=f"The document {words} in {more} more places.",
            signature=f"{kind}:more",
            ask=ask,
            severity=Severity.MINOR,
            detail={"places": [str(at) for _, at in wrongs[MOST_OF_A_KIND:500]]},
        )


def _wrong_examples(contract: Contract) -> Iterator[tuple[str, Pointer]]:
    for schema, example, direction in _examples(contract):
        violations = validator(schema, direction).errors(example.value, limit=1)
        if violations:
            wrong = violations[0]
            yield f"example '{example.name}' at {wrong.path or '/'} {wrong.says}", example.at


def _examples(contract: Contract) -> Iterator[tuple[Schema, Example, Direction]]:
    """Each example once, with its schema and the direction in which it travels."""
    seen: set[Pointer] = set()
    for operation in contract.operations:
        asked: list[Parameter | Media] = [*operation.parameters]
        asked += operation.body.media if operation.body else ()
        told: list[Parameter | Media] = [m for r in operation.responses for m in r.media]
        for holders, direction in ((asked, Direction.REQUEST), (told, Direction.RESPONSE)):
            for holder in holders:
                for example in holder.examples:
                    if holder.schema is not None and example.at not in seen:
                        seen.add(example.at)
                        yield holder.schema, example, direction


def _with_example(value: Any) -> dict[str, Any]:
    status = {
        "name": "status",
        "in": "query",
        "schema": {"type": "string", "enum": ["draft", "listed"]},
        "example": value,
    }
    listing = {**ITEMS["paths"]["/items"]["get"], "parameters": [status]}
    return document(paths={"/items": {"get": listing}})


document_valid.healthy(document=_with_example("draft"))
document_valid.broken(document=_with_example("sold out"))
document_valid.broken(document=document(paths={"/items": {"get": {"responses": "none"}}}))

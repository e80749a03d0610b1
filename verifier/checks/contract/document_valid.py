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

MOST_PLACED = 50
MOST_LISTED = 500


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
    return [_finding(kind, wrongs, contract) for kind, wrongs in found.items()]


WORDS = {
    "format": (
        "The document breaks the OpenAPI format in one place",
        "breaks of the OpenAPI format",
        "Correct the document.",
    ),
    "problem": (
        "One place of the document cannot be relied on",
        "places that cannot be relied on",
        "Correct the document.",
    ),
    "example": (
        "One example of the document breaks its own schema",
        "examples that break their own schema",
        "Correct the examples, or the schemas.",
    ),
}


def _finding(kind: str, wrongs: list[tuple[str, Pointer]], contract: Contract) -> Finding:
    one, many, ask = WORDS[kind]
    says, at = wrongs[0]
    places = [f"{contract.document.place(at)}: {says}" for says, at in wrongs[:MOST_PLACED]]
    places += [f"{at}: {says}" for says, at in wrongs[MOST_PLACED:MOST_LISTED]]
    return Finding(
        says=f"{one}: {says}." if len(wrongs) == 1 else f"The document has {len(wrongs)} {many}.",
        signature=kind,
        at=at,
        expected="a document that obeys its own format",
        seen=says,
        ask=ask,
        build="Check what is generated from the document by hand in these places.",
        severity=None if kind == "format" else Severity.MINOR,
        detail={"places": places, "count": len(wrongs)},
    )


def _wrong_examples(contract: Contract) -> Iterator[tuple[str, Pointer]]:
    for schema, example, direction in _examples(contract):
        violations = validator(schema, direction).errors(example.value, limit=1)
        if violations:
            wrong = violations[0]
            where = f"'{example.name}' at {wrong.path}" if wrong.path else f"'{example.name}'"
            yield f"example {where} {wrong.says}", example.at


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

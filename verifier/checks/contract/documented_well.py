"""
The document tells an integrator what they need to know.

Why it matters
    What is not written down is asked by mail, found by trial, or guessed. The share that is written
    down is a fair forecast of how long an integration takes.

How it asks
    It does not: it counts which operations, parameters, fields, errors and credentials are
    described and exemplified, as shares of what there is.

Limits
    It measures presence, not truth or style. The twelve hundred operations of a large vendor weigh
    no more than the ten of a small one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from verifier.checks.specimens import document
from verifier.model import (
    Contract,
    Effect,
    Finding,
    Findings,
    Level,
    Operation,
    Parameter,
    Question,
    Severity,
    check,
)

POOR = 0.5
SENTENCES = {
    "operations": "of the operations say what they do",
    "parameters": "of the parameters are described",
    "fields": "of the fields in answers are described",
    "bodies": "of the answers with success have a schema (or no body)",
    "errors": "of the operations document an error",
    "error bodies": "of the documented errors have a schema",
    "examples": "of the bodies show an example",
}


@check(
    question=Question.CONTRACT,
    severity=Severity.MINOR,
    effect=Effect.NONE,
    source="OpenAPI 3.1.1, 4.8 (description, examples)",
    applies=lambda contract: "" if contract.operations else "the document has no operations",
)
def documented_well(contract: Contract) -> Findings:
    shares = {name: share for name, share in _shares(contract).items() if share is not None}
    poor = {name: share for name, share in shares.items() if share < POOR}
    if not poor:
        return ()
    worst = sorted(poor.items(), key=lambda item: item[1])
    text = "; ".join(f"{share:.0%} {SENTENCES[name]}" for name, share in worst)
    return (
        Finding(
            says=f"The document leaves much unsaid: {text}.",
            signature="poorly-documented:" + ",".join(sorted(poor)),
            expected="at least half of each",
            seen=text,
            level=Level.WARNING,
            ask="Say more in the document: " + ", ".join(name for name, _ in worst) + ".",
            build="Plan time for questions, and note every answer beside the document.",
            detail={"shares": {name: round(share, 3) for name, share in shares.items()}},
        ),
    )


def _shares(contract: Contract) -> dict[str, float | None]:
    operations = contract.operations
    parameters = [p for o in operations for p in o.parameters]
    good = [r for o in operations for r in o.responses if r.status.startswith("2")]
    bad = [r for o in operations for r in o.responses if r.status[:1] in "45d"]
    media = [m for r in good for m in r.media] + [
        m for o in operations if o.body for m in o.body.media
    ]
    return {
        "operations": _share(bool(o.summary or o.description) for o in operations),
        "parameters": _share(_told(p) for p in parameters),
        "fields": _share(_fields(operations)),
        "bodies": _share(r.status == "204" or not r.media or _schemas(r.media) for r in good),
        "errors": _share(any(r.status[:1] in "45d" for r in o.responses) for o in operations),
        "error bodies": _share(_schemas(r.media) for r in bad),
        "examples": _share(bool(m.examples) or _shown(m) for m in media),
    }


def _told(parameter: Parameter) -> bool:
    """Whether it is described, by itself or by its schema."""
    schema = parameter.schema.node if parameter.schema is not None else None
    inside = isinstance(schema, dict) and (schema.get("description") or schema.get("title"))
    return bool(parameter.description or inside)


def _share(marks: Iterable[bool]) -> float | None:
    """The share of true ones; None where there are none at all."""
    counted = list(marks)
    return sum(counted) / len(counted) if counted else None


def _schemas(media: Iterable[Any]) -> bool:
    return any(m.schema is not None for m in media)


def _shown(media: Any) -> bool:
    if media.schema is None:
        return False
    members = [media.schema, *media.schema.members().values()]
    return any("example" in s.node or "examples" in s.node for s in members if _is_object(s.node))


def _fields(operations: Iterable[Operation]) -> Iterable[bool]:
    seen = set()
    for operation in operations:
        for response in operation.responses:
            for media in response.media if response.status.startswith("2") else ():
                for field in media.schema.members().values() if media.schema else ():
                    if field.at not in seen and _is_object(field.node):
                        seen.add(field.at)
                        yield bool(field.node.get("description") or field.node.get("title"))


def _is_object(node: Any) -> bool:
    return isinstance(node, dict)


_TOLD: dict[str, Any] = {
    "get": {
        "summary": "Say hello",
        "responses": {
            "200": {
                "description": "Hello.",
                "content": {"text/plain": {"schema": {"type": "string"}, "example": "hello"}},
            },
            "404": {
                "description": "Nobody there.",
                "content": {"text/plain": {"schema": {"type": "string"}}},
            },
        },
    }
}
documented_well.healthy(document=document(paths={"/hello": _TOLD}))
documented_well.broken(document=document())

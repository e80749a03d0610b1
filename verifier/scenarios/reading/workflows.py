"""Workflows, with what ``x-verifier`` says of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.model import Document, Pointer, Question, Schema, Severity
from verifier.scenarios.description import Step, Workflow, WorkflowExtension
from verifier.scenarios.reading.node import Node
from verifier.scenarios.reading.parts import Parts
from verifier.scenarios.reading.step_extension import read_principal, read_severity
from verifier.scenarios.reading.steps import FAILURE, SUCCESS, read_step, unique
from verifier.scenarios.reading.values import named_values

__all__ = ["COMMON", "read_workflow"]

FIELDS = (
    "workflowId",
    "summary",
    "description",
    "inputs",
    "dependsOn",
    "steps",
    "successActions",
    "failureActions",
    "outputs",
    "parameters",
)
QUESTIONS = {question.value: question for question in Question}
# What the document's own x-verifier may say for all of its workflows.
COMMON = ("question", "severity", "principal", "tags", "inputs")
EXTENSION = (*COMMON, "fresh", "hooks", "data", "cleanup", "why", "ask")
MOST_ROWS = 500


def read_workflow(
    node: Node, parts: Parts, document: Document, above: Node | None
) -> Workflow | None:
    """
    One workflow; None, with flaws, where it is none.

    Args:
        above: The document's own ``x-verifier``.
    """
    found = node.members((*FIELDS, "x-verifier"), "a workflow")
    if not node.needs(found, ("workflowId", "steps"), "a workflow"):
        return None
    steps = _steps(found["steps"], parts, least=1)
    inputs = found.get("inputs")
    return Workflow(
        id=found["workflowId"].text(),
        summary=found["summary"].text() if "summary" in found else "",
        description=found["description"].text() if "description" in found else "",
        inputs=_schema(inputs, document) if inputs is not None else None,
        depends_on=tuple(item.text() for item in found["dependsOn"].items())
        if "dependsOn" in found
        else (),
        steps=steps,
        success_actions=parts.actions(found["successActions"], SUCCESS, "successActions")
        if "successActions" in found
        else (),
        failure_actions=parts.actions(found["failureActions"], FAILURE, "failureActions")
        if "failureActions" in found
        else (),
        outputs=named_values(found["outputs"], "outputs") if "outputs" in found else (),
        parameters=parts.parameters(found["parameters"], inputs=False)
        if "parameters" in found
        else (),
        extension=_extension(found.get("x-verifier"), above, parts),
        at=node.at,
    )


def _steps(node: Node, parts: Parts, *, least: int) -> tuple[Step, ...]:
    nodes = list(node.items(least=least))
    found = [(item, read_step(item, parts)) for item in nodes]
    steps = [(item, step) for item, step in found if step is not None]
    unique([(item, step.id) for item, step in steps], "steps")
    return tuple(step for _, step in steps)


def _schema(node: Node, document: Document) -> Schema | None:
    if not isinstance(node.value, (Mapping, bool)):
        node.wrong("a JSON Schema")
        return None
    return Schema(document=document, node=node.value, at=Pointer("", node.at))


def _extension(node: Node | None, above: Node | None, parts: Parts) -> WorkflowExtension:
    outer = above.members((*COMMON, "vendor"), "x-verifier of the document") if above else {}
    inner = node.members(EXTENSION, "x-verifier of a workflow") if node else {}
    found = {name: member for name, member in outer.items() if name in COMMON} | inner
    return WorkflowExtension(
        question=_question(found.get("question")),
        severity=read_severity(found.get("severity")) or Severity.MAJOR,
        principal=read_principal(found.get("principal")),
        tags=_words(outer.get("tags")) + _words(inner.get("tags")),
        inputs=_values(outer.get("inputs")) | _values(inner.get("inputs")),
        fresh=_words(inner.get("fresh")),
        hooks=_words(inner.get("hooks")),
        rows=tuple(_rows(inner.get("data"))),
        cleanup=_steps(inner["cleanup"], parts, least=1) if "cleanup" in inner else (),
        why=inner["why"].text() if "why" in inner else "",
        ask=inner["ask"].text() if "ask" in inner else "",
    )


def _question(node: Node | None) -> Question:
    found = QUESTIONS.get(node.choice(tuple(QUESTIONS))) if node else None
    return found or Question.CONTRACT


def _words(node: Node | None) -> tuple[str, ...]:
    return tuple(item.text() for item in node.items()) if node else ()


def _values(node: Node | None) -> dict[str, Any]:
    return {name: inner.value for name, inner in node.pairs("inputs")} if node else {}


def _rows(node: Node | None) -> list[Mapping[str, Any]]:
    if node is None:
        return []
    rows = list(node.items(least=1))
    if len(rows) > MOST_ROWS:
        node.flaw(f"{len(rows)} rows are too many", f"At most {MOST_ROWS}.")
    found: list[Mapping[str, Any]] = []
    for row in rows[:MOST_ROWS]:
        values = dict(row.pairs("a row of inputs"))
        found.append({name: inner.value for name, inner in values.items()})
    return found

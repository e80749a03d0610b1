"""Steps, with what ``x-verifier`` says of them."""

from __future__ import annotations

from collections.abc import Mapping

from verifier.scenarios.description import Action, Body, Criterion, Step, Target
from verifier.scenarios.flaws import Grade
from verifier.scenarios.reading.node import Node
from verifier.scenarios.reading.parts import Parts
from verifier.scenarios.reading.step_extension import read_step_extension
from verifier.scenarios.reading.values import named_values

__all__ = ["FAILURE", "SUCCESS", "read_step", "read_target", "unique"]

SUCCESS = ("end", "goto")
FAILURE = ("end", "goto", "retry")
TARGETS = ("operationId", "operationPath", "workflowId")
FIELDS = (
    "stepId",
    "description",
    *TARGETS,
    "parameters",
    "requestBody",
    "successCriteria",
    "onSuccess",
    "onFailure",
    "outputs",
)
LATER = ("timeout", "dependsOn", "channelPath", "correlationId", "action")
ASYNC = ("channelPath", "correlationId", "action")


def read_step(node: Node, parts: Parts) -> Step | None:
    """One step; None, with flaws, where it is none."""
    known = FIELDS if node.version == "1.0" else (*FIELDS, *LATER)
    found = node.members((*known, "x-verifier"), "a step")
    if not node.needs(found, ("stepId",), "a step"):
        return None
    for name in ASYNC:
        if name in found:
            found[name].flaw(
                f"'{name}' is for messages of AsyncAPI, which are not sent here",
                "A webhook is waited for with 'x-verifier: {receive: ...}'.",
            )
    target = read_target(node, found)
    calls = target.kind == "workflowId"
    if calls and "requestBody" in found:
        found["requestBody"].flaw("a workflow takes no body", "Pass it as a parameter.")
    return Step(
        id=found["stepId"].text(),
        description=found["description"].text() if "description" in found else "",
        target=target,
        parameters=parts.parameters(found["parameters"], inputs=calls)
        if "parameters" in found
        else (),
        body=_body(found, parts),
        criteria=_criteria(found, parts),
        on_success=_actions(found, parts, "onSuccess"),
        on_failure=_actions(found, parts, "onFailure"),
        outputs=named_values(found["outputs"], "outputs") if "outputs" in found else (),
        timeout_seconds=_timeout(found.get("timeout")),
        depends_on=tuple(item.text() for item in found["dependsOn"].items(least=1))
        if "dependsOn" in found
        else (),
        extension=read_step_extension(found.get("x-verifier"), parts),
        at=node.at,
    )


def read_target(node: Node, found: Mapping[str, Node]) -> Target:
    """What a step calls: exactly one of three."""
    given = [name for name in TARGETS if name in found]
    if len(given) != 1:
        says = "calls nothing" if not given else f"calls {' and '.join(given)} at once"
        node.flaw(
            f"the step {says}",
            "Give one of operationId, operationPath and workflowId, and no more.",
        )
    if not given:
        return Target(kind="operationId", name="")
    return Target(kind=given[0], name=found[given[0]].text())


def unique(nodes: list[tuple[Node, str]], what: str) -> None:
    """A flaw for each id that stands twice."""
    seen: dict[str, Node] = {}
    for node, id in nodes:
        if id in seen:
            first = node.place(seen[id].at).line
            node.flaw(f"there are two {what} '{id}', the first on line {first}", "Rename one.")
        seen.setdefault(id, node)


def _body(found: Mapping[str, Node], parts: Parts) -> Body | None:
    return parts.body(found["requestBody"]) if "requestBody" in found else None


def _criteria(found: Mapping[str, Node], parts: Parts) -> tuple[Criterion, ...]:
    return parts.criteria(found["successCriteria"], least=1) if "successCriteria" in found else ()


def _actions(found: Mapping[str, Node], parts: Parts, name: str) -> tuple[Action, ...]:
    if name not in found:
        return ()
    types, kind = (SUCCESS, "successActions"), (FAILURE, "failureActions")
    return parts.actions(found[name], *(types if name == "onSuccess" else kind))


def _timeout(node: Node | None) -> float | None:
    if node is None:
        return None
    milliseconds = node.number(whole=True)
    if milliseconds > 600_000:
        node.flaw("a step waits ten minutes at most", "It is in milliseconds.", grade=Grade.NOTE)
    return min(milliseconds, 600_000) / 1000

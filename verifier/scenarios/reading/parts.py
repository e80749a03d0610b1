"""The small parts of steps and workflows: parameters, bodies, criteria, actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.errors import ConfigError
from verifier.scenarios.criteria import VERSIONS, BadCondition, make_assertion
from verifier.scenarios.description import Action, Body, Criterion, Parameter, Replacement
from verifier.scenarios.expressions import BadExpression, parse
from verifier.scenarios.flaws import Grade, suggestion
from verifier.scenarios.reading.node import Node
from verifier.scenarios.reading.values import (
    SELECTORS,
    expression_of,
    read_type,
    read_value,
    templated_value,
)
from verifier.scenarios.values import Value

__all__ = ["Parts"]

LOCATIONS = ("path", "query", "header", "cookie")
CRITERIA = {"simple": (), "regex": (), **VERSIONS}
ACTION = ("name", "type", "workflowId", "stepId", "criteria")
LATER = ("parameters",)
RETRY = ("retryAfter", "retryLimit")


class Parts:
    """
    Reads the parts of one document.

    Args:
        components: The Components Object; reusable objects are looked up in it.
    """

    def __init__(self, components: Node | None) -> None:
        self._components = components

    def parameters(self, node: Node, *, inputs: bool) -> tuple[Parameter, ...]:
        """
        A list of parameters, reusable ones resolved.

        Args:
            inputs: Whether they are inputs of a workflow, and so need no place.
        """
        found: list[Parameter] = []
        for item in node.items():
            parameter = self._parameter(item, inputs=inputs)
            if parameter is None:
                continue
            same = [
                p for p in found if (p.name, p.location) == (parameter.name, parameter.location)
            ]
            if same:
                item.flaw(f"the parameter '{parameter.name}' is given twice", "Keep one of them.")
            found.append(parameter)
        return tuple(found)

    def _parameter(self, node: Node, *, inputs: bool) -> Parameter | None:
        if isinstance(node.value, Mapping) and "reference" in node.value:
            return self._reused(node, inputs=inputs)
        return self.parameter(node, inputs=inputs)

    def parameter(self, node: Node, *, inputs: bool | None = None) -> Parameter | None:
        """One parameter; ``inputs`` is None where it is not known yet what it will be for."""
        found = node.members(("name", "in", "value"), "a parameter")
        if not node.needs(found, ("name", "value"), "a parameter"):
            return None
        location = ""
        if "in" in found:
            location = found["in"].choice(self._locations(node))
        elif inputs is False:
            node.flaw(
                f"the parameter '{found['name'].value}' needs 'in'",
                f"Add 'in: {'|'.join(self._locations(node))}'.",
            )
        return Parameter(
            name=found["name"].text(),
            location="" if inputs else location,
            value=read_value(found["value"]),
            at=node.at,
        )

    def _locations(self, node: Node) -> tuple[str, ...]:
        return LOCATIONS if node.version == "1.0" else (*LOCATIONS, "querystring")

    def _reused(self, node: Node, *, inputs: bool) -> Parameter | None:
        component = self._component(node, "parameters")
        if component is None:
            return None
        parameter = self.parameter(component, inputs=inputs)
        if parameter is None or "value" not in node.value:
            return parameter
        given = node.inner("value", node.value["value"])
        return Parameter(
            name=parameter.name,
            location=parameter.location,
            value=read_value(given),
            at=node.at,
        )

    def _component(self, node: Node, kind: str) -> Node | None:
        """What a Reusable Object refers to; None, with a flaw, where there is no such thing."""
        reference = node.inner("reference", node.value["reference"])
        text = reference.text()
        try:
            expression = parse(text)
        except BadExpression as error:
            reference.flaw(error.says, error.mend)
            return None
        if expression.root != "components" or expression.names[0] != kind:
            reference.flaw(
                f"'{text}' is no reference to {kind}", f"Write '$components.{kind}.NAME'."
            )
            return None
        held = self._held(kind)
        name = expression.names[1]
        if name not in held:
            says = f"there is no '{name}' among the components' {kind}"
            reference.flaw(says, suggestion(name, tuple(held)))
            return None
        return held[name]

    def _held(self, kind: str) -> dict[str, Node]:
        root = self._components
        value = root.value.get(kind) if root and isinstance(root.value, Mapping) else None
        if root is None or not isinstance(value, Mapping):
            return {}
        inner = root.inner(kind, value)
        return {str(name): inner.inner(name, member) for name, member in value.items()}

    def body(self, node: Node) -> Body:
        """A request body."""
        found = node.members(("contentType", "payload", "replacements"), "a request body")
        kind = found["contentType"].text() if "contentType" in found else ""
        payload, templated = self._payload(found.get("payload"), kind)
        replacements = found.get("replacements")
        return Body(
            content_type=kind,
            payload=payload,
            templated=templated,
            replacements=tuple(map(self._replacement, replacements.items()))
            if replacements
            else (),
            at=node.at,
        )

    def _payload(self, node: Node | None, content_type: str) -> tuple[Value | None, bool]:
        if node is None:
            return None, False
        text = node.value
        json_meant = not content_type or "json" in content_type.lower()
        if isinstance(text, str) and json_meant and text.lstrip()[:1] in ("{", "["):
            value = templated_value(node)
            if value is not None:
                return value, True
        return read_value(node), False

    def _replacement(self, node: Node) -> Replacement:
        known = ("target", "value") if node.version == "1.0" else (*_TARGETED, "value")
        found = node.members(known, "a replacement")
        node.needs(found, ("target", "value"), "a replacement")
        kind = version = ""
        if "targetSelectorType" in found:
            kind, version = read_type(found["targetSelectorType"], SELECTORS)
        return Replacement(
            target=found["target"].text() if "target" in found else "",
            kind=kind,
            version=version,
            value=read_value(found["value"]) if "value" in found else read_value(node.inner("", 0)),
            at=node.at,
        )

    def criteria(self, node: Node, *, least: int = 0) -> tuple[Criterion, ...]:
        """A list of criteria; one that cannot be read is a flaw and left out."""
        found = (self._criterion(item) for item in node.items(least=least))
        return tuple(criterion for criterion in found if criterion is not None)

    def _criterion(self, node: Node) -> Criterion | None:
        found = node.members(("context", "condition", "type"), "a criterion")
        if not node.needs(found, ("condition",), "a criterion"):
            return None
        kind, version = read_type(found["type"], CRITERIA) if "type" in found else ("simple", "")
        if not kind or not isinstance(found["condition"].value, str):
            found["condition"].text()
            return None
        if "type" in found and "context" not in found and node.version == "1.0":
            node.flaw("a criterion with a 'type' needs a 'context'", "Add 'context: ...'.")
            return None
        context = expression_of(found["context"]) if "context" in found else None
        text = found["condition"].text()
        try:
            made = make_assertion(text, kind=kind, version=version, context=context)
        except BadCondition as error:
            found["condition"].flaw(error.says, error.mend)
            return None
        except ConfigError as error:
            found["condition"].flaw(error.says, error.mend)
            return None
        told = text if context is None else f"{found['context'].text()} matches {text}"
        return Criterion(text=told, kind=kind, assertion=made, at=node.at)

    def actions(self, node: Node, types: tuple[str, ...], kind: str) -> tuple[Action, ...]:
        """
        A list of actions, reusable ones resolved.

        Args:
            types: The types that are allowed here.
            kind: ``successActions`` or ``failureActions``.
        """
        found: list[Action] = []
        for item in node.items():
            action = self._action(item, types, kind)
            if action is None:
                continue
            if any(other.name == action.name for other in found):
                item.flaw(f"there are two actions '{action.name}'", "Give each its own name.")
            found.append(action)
        return tuple(found)

    def _action(self, node: Node, types: tuple[str, ...], kind: str) -> Action | None:
        if isinstance(node.value, Mapping) and "reference" in node.value:
            component = self._component(node, kind)
            return self.action(component, types) if component is not None else None
        return self.action(node, types)

    def action(self, node: Node, types: tuple[str, ...]) -> Action | None:
        """One success or failure action."""
        known = ACTION if node.version == "1.0" else (*ACTION, *LATER)
        known = (*known, *RETRY) if "retry" in types else known
        found = node.members(known, "an action")
        if not node.needs(found, ("name", "type"), "an action"):
            return None
        type = found["type"].choice(types)
        self._check_goal(node, found, type)
        parameters = found.get("parameters")
        return Action(
            name=found["name"].text(),
            type=type or "end",
            workflow=found["workflowId"].text() if "workflowId" in found else "",
            step=found["stepId"].text() if "stepId" in found else "",
            parameters=self.parameters(parameters, inputs=True) if parameters else (),
            retry_after_seconds=found["retryAfter"].number() if "retryAfter" in found else 0.0,
            retry_limit=_whole(found.get("retryLimit"), 1),
            criteria=self.criteria(found["criteria"]) if "criteria" in found else (),
            at=node.at,
        )

    def _check_goal(self, node: Node, found: Mapping[str, Node], type: str) -> None:
        goals = [name for name in ("workflowId", "stepId") if name in found]
        if len(goals) == 2:
            node.flaw("an action goes to a workflow or to a step, not to both", "Remove one.")
        if type == "goto" and not goals:
            node.flaw("'goto' needs 'stepId' or 'workflowId'", "Say where to go.")
        if type == "end" and goals:
            says = f"'{goals[0]}' means nothing for 'end'"
            found[goals[0]].flaw(says, "Remove it, or write 'type: goto'.", grade=Grade.NOTE)
        for name in RETRY if type != "retry" else ():
            if name in found:
                found[name].flaw(f"'{name}' means nothing for '{type}'", grade=Grade.NOTE)


def _whole(node: Node | None, default: int) -> int:
    return default if node is None else int(node.number(whole=True))


_TARGETED: tuple[Any, ...] = ("target", "targetSelectorType")

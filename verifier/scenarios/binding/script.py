"""A description whose every name was looked up: what each step calls, and what it may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from verifier.model import Contract, Operation
from verifier.scenarios.description import Description, Fault, Workflow

__all__ = ["Call", "Script", "Visit", "script_of"]


class Call(Struct, frozen=True):
    """
    An operation, and the name of the source description that describes it.

    Args:
        api: Name of the further API that it belongs to; empty for the vendor's own.
    """

    source: str
    operation: Operation
    api: str = ""


class Visit(Struct, frozen=True):
    """A workflow, of this description or of another one."""

    script: Script
    workflow: Workflow


class Script(Struct, kw_only=True, eq=False):
    """
    A bound description.

    Args:
        apis: Source name to the contract that it describes.
        others: Source name to the other Arazzo description.
        calls: Address of a step (or effect) to the operation that it calls.
        visits: Address of a step, or of an action, to the workflow that it goes to.
    """

    description: Description
    apis: Mapping[str, Contract] = field(default_factory=dict)
    others: dict[str, Script] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)

    def depends_on(self, workflow: Workflow) -> list[Visit]:
        """The workflows that must have been completed before this one."""
        found = (self.visits.get(f"{workflow.at}/dependsOn/{name}") for name in workflow.depends_on)
        return [visit for visit in found if visit is not None]


def script_of(fault: Fault, operation: Operation) -> dict[str, Any]:
    """What the mock is asked for: for the step's own operation, unless another one is named."""
    return {"operation": operation.key, **fault.script}

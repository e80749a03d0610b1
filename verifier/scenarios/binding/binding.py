"""A description and its sources in, a script out; what cannot be found is told now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

from msgspec.structs import replace

from verifier.errors import VerifierError
from verifier.model import Contract, Operation
from verifier.scenarios.binding.cycles import ring
from verifier.scenarios.binding.operations import QUALIFIED, NotFound, find_operation
from verifier.scenarios.binding.references import References
from verifier.scenarios.binding.script import Call, Script, Visit, script_of
from verifier.scenarios.description import (
    Action,
    Description,
    Effect,
    Fault,
    Parameter,
    Source,
    Step,
    Target,
    Workflow,
)
from verifier.scenarios.flaws import Flaw, Grade, Report, alike, suggestion
from verifier.validating import Direction, validator

__all__ = ["Library", "bind"]

MOST_DOCUMENTS = 20
STEP_OF = re.compile(r"\$workflows\.(.+)\.steps\.(.+)")
CheckFault = Callable[[Contract, Mapping[str, Any]], None]


class Library(Protocol):
    """Where the sources of a description are found."""

    def open(self, source: Source, description: Description) -> Contract | Description:
        """What a source description leads to; a VerifierError where it cannot be had."""


def bind(
    description: Description,
    library: Library,
    report: Report,
    *,
    principals: Iterable[str] | None = None,
    check_fault: CheckFault | None = None,
    apis: Mapping[str, Contract] | None = None,
) -> Script:
    """
    Look up everything that a description names.

    Args:
        report: Receives what cannot be found, and what can never mean anything.
        principals: Names of the credentials that we hold; None leaves them unchecked.
        apis: Further APIs by name, beside the vendor's own.
        check_fault: Raises a VerifierError for a fault that a mock of the contract could not show.
    """
    known = None if principals is None else tuple(principals)
    return _Binder(library, report, known, check_fault, apis or {}).bound(description)


class _Binder:
    """Binds one description and those that it refers to."""

    def __init__(
        self,
        library: Library,
        report: Report,
        principals: tuple[str, ...] | None,
        check_fault: CheckFault | None,
        apis: Mapping[str, Contract],
    ) -> None:
        self._library = library
        self._report = report
        self._principals = principals
        self._check_fault = check_fault
        self._further = {id(contract): name for name, contract in apis.items()}
        self._made: dict[str, Script] = {}

    def bound(self, description: Description) -> Script:
        known = self._made.get(description.location)
        if known is not None:
            return known
        script = Script(description=description)
        self._made[description.location] = script
        self._open_sources(script)
        for workflow in description.workflows:
            self._bind_workflow(script, workflow)
        for workflow in description.workflows:
            self._check_workflow(script, workflow)
        return script

    def _open_sources(self, script: Script) -> None:
        apis: dict[str, Contract] = {}
        for source in script.description.sources:
            if source.kind == "asyncapi":
                continue
            opened = self._opened(script, source)
            if isinstance(opened, Contract):
                apis[source.name] = opened
            elif opened is not None and len(self._made) < MOST_DOCUMENTS:
                script.others[source.name] = self.bound(opened)
        script.apis = apis

    def _opened(self, script: Script, source: Source) -> Contract | Description | None:
        try:
            return self._library.open(source, script.description)
        except VerifierError as error:
            says = f"the source '{source.name}' cannot be read: {error.says}"
            where = f"{source.at}/url"
            self._flaw(script, where, says, error.mend or "Correct its url.")
            return None

    def _bind_workflow(self, script: Script, workflow: Workflow) -> None:
        for step in (*workflow.steps, *workflow.extension.cleanup):
            self._bind_step(script, step)
        for action in _actions(workflow):
            if action.workflow:
                visit = self._workflow(script, action.workflow, f"{action.at}/workflowId")
                if visit is not None:
                    script.visits[action.at] = visit
        for index, name in enumerate(workflow.depends_on):
            visit = self._workflow(script, name, f"{workflow.at}/dependsOn/{index}")
            if visit is not None:
                script.visits[f"{workflow.at}/dependsOn/{name}"] = visit

    def _bind_step(self, script: Script, step: Step) -> None:
        if not step.target.name:
            return
        if step.target.kind == "workflowId":
            visit = self._workflow(script, step.target.name, f"{step.at}/workflowId")
            if visit is not None:
                script.visits[step.at] = visit
            return
        self._bind_call(script, step.target, step.at)
        for effect in step.extension.effects:
            self._bind_call(script, effect.target, effect.at)

    def _bind_call(self, script: Script, target: Target, at: str) -> None:
        if not script.apis and not _qualified(target):
            return  # that its source cannot be read was told already
        try:
            script.calls[at] = self._addressed(script, find_operation(target, script.apis))
        except NotFound as missing:
            if _names_unread(script, target):
                return
            self._flaw(script, f"{at}/{target.kind}", missing.says, missing.mend, missing.grade)
            if missing.call is not None:
                script.calls[at] = self._addressed(script, missing.call)

    def _addressed(self, script: Script, call: Call) -> Call:
        return replace(call, api=self._further.get(id(script.apis[call.source]), ""))

    def _workflow(self, script: Script, name: str, at: str) -> Visit | None:
        qualified = QUALIFIED.fullmatch(name)
        if qualified is None:
            found = script.description.workflow(name)
            if found is not None:
                return Visit(script, found)
            known = tuple(workflow.id for workflow in script.description.workflows)
            self._flaw(script, at, f"there is no workflow '{name}'", suggestion(name, known))
            return None
        source, id = qualified[1], qualified[2]
        other = script.others.get(source)
        if other is None:
            if script.description.source(source) is None:
                known = tuple(script.others)
                says = f"there is no source of workflows called '{source}'"
                self._flaw(script, at, says, suggestion(source, known))
            return None
        found = other.description.workflow(id)
        if found is not None:
            return Visit(other, found)
        known = tuple(workflow.id for workflow in other.description.workflows)
        self._flaw(script, at, f"'{source}' has no workflow '{id}'", suggestion(id, known))
        return None

    def _check_workflow(self, script: Script, workflow: Workflow) -> None:
        References(script, workflow, self._report).check()
        circle = ring(script, workflow)
        if circle:
            self._flaw(
                script,
                f"{workflow.at}/workflowId",
                f"workflows wait for each other in a circle: {' -> '.join(circle)}",
                "Break it: no workflow may need itself to be completed.",
            )
        self._check_inputs(script, workflow)
        self._check_jumps(script, workflow)
        self._check_principal(script, workflow.at, workflow.extension.principal)
        for step in (*workflow.steps, *workflow.extension.cleanup):
            self._check_step(script, workflow, step)

    def _check_inputs(self, script: Script, workflow: Workflow) -> None:
        if workflow.inputs is None:
            return
        broken = validator(workflow.inputs, Direction.REQUEST).broken
        if broken:
            self._flaw(script, f"{workflow.at}/inputs", broken, "Correct the schema.")

    def _check_jumps(self, script: Script, workflow: Workflow) -> None:
        known = tuple(step.id for step in workflow.steps)
        for action in _actions(workflow):
            if action.step and action.step not in known:
                says = f"there is no step '{action.step}' in '{workflow.id}'"
                self._flaw(script, f"{action.at}/stepId", says, suggestion(action.step, known))

    def _check_principal(self, script: Script, at: str, name: str | None) -> None:
        if name and self._principals is not None and name not in self._principals:
            says = f"we hold no credential of a principal '{name}'"
            mend = suggestion(name, self._principals) if self._principals else "Add --principal."
            self._flaw(script, f"{at}/x-verifier/principal", says, mend)

    def _check_step(self, script: Script, workflow: Workflow, step: Step) -> None:
        self._check_principal(script, step.at, step.extension.principal)
        for index, name in enumerate(step.depends_on):
            self._check_dependency(script, workflow, step, index, name)
        call = script.calls.get(step.at)
        if call is not None:
            given = (*workflow.parameters, *step.parameters)
            self._check_parameters(script, call, given, step.at)
        for effect in step.extension.effects:
            self._check_effect(script, effect)
        if call is not None and call.api:
            self._check_further(script, step)
        elif call is not None:
            for fault in step.extension.faults:
                self._check_misbehaviour(script, call, fault)

    def _check_dependency(
        self, script: Script, workflow: Workflow, step: Step, index: int, name: str
    ) -> None:
        at = f"{step.at}/dependsOn/{index}"
        found = STEP_OF.fullmatch(name)
        other = script.description.workflow(found[1]) if found else None
        if found and (other is None or other.step(found[2]) is None):
            self._flaw(script, at, f"there is no step '{name}'", "Correct its name.")
        if name.startswith("$"):
            return
        known = [each.id for each in workflow.steps]
        if name not in known:
            says = f"there is no step '{name}' in '{workflow.id}'"
            self._flaw(script, at, says, suggestion(name, known))
        elif step.id in known and known.index(name) >= known.index(step.id):
            says = f"'{step.id}' depends on '{name}', which comes later"
            self._flaw(script, at, says, "Put it before.")

    def _check_further(self, script: Script, step: Step) -> None:
        """What is only there for the vendor's own operations."""
        extension = step.extension
        for name, asked in (("fault", extension.faults), ("cases", extension.cases)):
            if asked:
                says = f"'{name}' is for operations of the vendor's own document"
                self._flaw(script, f"{step.at}/x-verifier/{name}", says, "Leave it out.")

    def _check_misbehaviour(self, script: Script, call: Call, fault: Fault) -> None:
        if self._check_fault is None:
            return
        try:
            self._check_fault(script.apis[call.source], script_of(fault, call.operation))
        except VerifierError as error:
            self._flaw(script, fault.at, error.says, error.mend)

    def _check_effect(self, script: Script, effect: Effect) -> None:
        call = script.calls.get(effect.at)
        if call is None:
            return
        self._check_parameters(script, call, effect.parameters, effect.at)
        if not call.operation.safe:
            says = f"an effect is read back, and {call.operation.key} changes something"
            self._flaw(script, effect.at, says, "Name a GET operation.")

    def _check_parameters(
        self, script: Script, call: Call, given: tuple[Parameter, ...], at: str
    ) -> None:
        operation = call.operation
        known = {(p.name, p.location) for p in operation.parameters}
        in_path = [p.name for p in operation.parameters_in("path")]
        for parameter in given:
            if (parameter.name, parameter.location) not in known:
                self._undescribed(script, operation, parameter, in_path)
        here = [p.name for p in given if p.location == "path"]
        for name in in_path:
            if not any(alike(name, given_name) for given_name in here):
                says = f"{operation.key} needs the path parameter '{name}'"
                self._flaw(script, at, says, f"Add '- name: {name}', 'in: path', and its value.")

    def _undescribed(
        self, script: Script, operation: Operation, parameter: Parameter, in_path: list[str]
    ) -> None:
        names = [p.name for p in operation.parameters_in(parameter.location)]
        if parameter.location == "path" and not in_path:
            return  # a parameter of the whole workflow, which this operation has no use for
        if parameter.location in ("path", "query", "querystring"):
            grade = Grade.WRONG if parameter.location == "path" else Grade.NOTE
            if parameter.location == "path" and any(alike(parameter.name, n) for n in in_path):
                grade = Grade.DOUBTFUL
            says = f"{operation.key} has no {parameter.location} parameter '{parameter.name}'"
            self._flaw(script, parameter.at, says, suggestion(parameter.name, names), grade)

    def _flaw(
        self, script: Script, at: str, says: str, mend: str, grade: Grade = Grade.WRONG
    ) -> None:
        place = script.description.place(at)
        self._report(Flaw(says=says, place=place, mend=mend, grade=grade))


def _actions(workflow: Workflow) -> Iterator[Action]:
    yield from workflow.success_actions
    yield from workflow.failure_actions
    for step in (*workflow.steps, *workflow.extension.cleanup):
        yield from step.on_success
        yield from step.on_failure


def _qualified(target: Target) -> bool:
    return target.name.startswith(("$", "{$"))


def _names_unread(script: Script, target: Target) -> bool:
    """Whether the source that is meant exists and could not be read, which was told already."""
    found = QUALIFIED.match(target.name.lstrip("{"))
    name = found[1] if found else ""
    return script.description.source(name) is not None and name not in script.apis

"""Whether what an expression names is there, and can be there when it is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from verifier.model import UnresolvedReference
from verifier.scenarios.binding.order import Order
from verifier.scenarios.binding.script import Script
from verifier.scenarios.description import Action, Criterion, Parameter, Step, Workflow
from verifier.scenarios.expressions import Expression
from verifier.scenarios.flaws import Flaw, Grade, Report, suggestion
from verifier.scenarios.values import Value, expressions_of

__all__ = ["References"]

FIELDS = ("name", "url", "type")
CHOICES = ("oneOf", "anyOf", "if", "not", "patternProperties")


class Moment(Struct, frozen=True):
    """
    Where an expression stands.

    Args:
        at: Its address.
        step: The step that it belongs to; None for the workflow's own outputs.
        answered: Whether the step's answer is there.
        finished: Whether the step's outputs are there.
    """

    at: str
    step: Step | None
    answered: bool
    finished: bool = False


class References:
    """Checks every expression of one workflow."""

    def __init__(self, script: Script, workflow: Workflow, report: Report) -> None:
        self._script = script
        self._workflow = workflow
        self._report = report
        self._order = Order(workflow)
        self._inputs = _declared(workflow)
        self._steps = {step.id: step for step in (*workflow.steps, *workflow.extension.cleanup)}

    def check(self) -> None:
        """Report what leads nowhere."""
        for moment, expression in self._all():
            self._one(moment, expression)

    def _all(self) -> Iterator[tuple[Moment, Expression]]:
        workflow = self._workflow
        for step in (*workflow.steps, *workflow.extension.cleanup):
            yield from self._of_step(step)
        last = Moment(workflow.at, None, answered=True, finished=True)
        yield from _values(last, workflow.outputs, f"{workflow.at}/outputs")
        yield from _parameters(Moment(workflow.at, None, answered=False), workflow.parameters)

    def _of_step(self, step: Step) -> Iterator[tuple[Moment, Expression]]:
        before = Moment(step.at, step, answered=False)
        yield from _parameters(before, step.parameters)
        if step.body is not None:
            payload = step.body.payload
            yield from _value(before, payload, f"{step.body.at}/payload") if payload else ()
            for replacement in step.body.replacements:
                yield from _value(before, replacement.value, f"{replacement.at}/value")
        answered = Moment(step.at, step, answered=True)
        yield from _criteria(answered, step.criteria)
        yield from _values(answered, step.outputs, f"{step.at}/outputs")
        for effect in step.extension.effects:
            yield from _parameters(answered, effect.parameters)
            yield from _criteria(answered, effect.criteria)
        for reception in step.extension.receptions:
            yield from _value(answered, reception.url, f"{reception.at}/url")
            yield from _criteria(answered, reception.criteria)
        done = Moment(step.at, step, answered=True, finished=True)
        for action in (*step.on_success, *step.on_failure):
            yield from self._of_action(done, action)

    def _of_action(self, moment: Moment, action: Action) -> Iterator[tuple[Moment, Expression]]:
        yield from _criteria(moment, action.criteria)
        yield from _parameters(moment, action.parameters)

    def _one(self, moment: Moment, expression: Expression) -> None:
        match expression.root:
            case "inputs":
                self._input(moment, expression)
            case "steps":
                self._step(moment, expression)
            case "workflows":
                self._visited(moment, expression)
            case "sourceDescriptions":
                self._source(moment, expression)
            case "components":
                self._component(moment, expression)
            case "outputs":
                self._output(moment, expression)
            case "url" | "method" | "statusCode" | "request" | "response":
                self._answer(moment, expression)

    def _flaw(self, moment: Moment, says: str, mend: str, grade: Grade = Grade.DOUBTFUL) -> None:
        place = self._script.description.place(moment.at)
        self._report(Flaw(says=says, place=place, mend=mend, grade=grade))

    def _input(self, moment: Moment, expression: Expression) -> None:
        name = expression.names[0]
        if self._inputs is None or name in self._inputs:
            return
        if name.partition(".")[0] in self._inputs:
            return
        says = f"'{expression}': the workflow declares no input '{name}'"
        self._flaw(moment, says, suggestion(name, tuple(self._inputs)))

    def _step(self, moment: Moment, expression: Expression) -> None:
        id, _, output = expression.names
        step = self._steps.get(id)
        if step is None:
            says = f"'{expression}': there is no step '{id}' in this workflow"
            self._flaw(moment, says, suggestion(id, tuple(self._steps)), Grade.WRONG)
            return
        names = tuple(name for name, _ in step.outputs)
        if output not in names and output.partition(".")[0] not in names:
            says = f"'{expression}': the step '{id}' has no output '{output}'"
            self._flaw(moment, says, suggestion(output, names))
        elif moment.step is not None and not self._before(id, moment):
            says = f"'{expression}': the step '{id}' has not run when '{moment.step.id}' begins"
            self._flaw(moment, says, "Put it before, or use another value.")

    def _before(self, id: str, moment: Moment) -> bool:
        step = moment.step
        if step is None or (moment.finished and step.id == id):
            return True
        return self._order.can_precede(id, step)

    def _visited(self, moment: Moment, expression: Expression) -> None:
        id, field, name = expression.names
        workflow = self._script.description.workflow(id)
        if workflow is None:
            known = tuple(w.id for w in self._script.description.workflows)
            says = f"'{expression}': there is no workflow '{id}'"
            self._flaw(moment, says, suggestion(id, known), Grade.WRONG)
            return
        declared = _declared(workflow) if field == "inputs" else dict(workflow.outputs)
        if declared is not None and name.partition(".")[0] not in {*declared, *_heads(declared)}:
            says = f"'{expression}': the workflow '{id}' has no {field[:-1]} '{name}'"
            self._flaw(moment, says, suggestion(name, tuple(declared)))

    def _source(self, moment: Moment, expression: Expression) -> None:
        name, reference = expression.names
        description = self._script.description
        if description.source(name) is None:
            known = tuple(source.name for source in description.sources)
            says = f"'{expression}': there is no source description '{name}'"
            self._flaw(moment, says, suggestion(name, known), Grade.WRONG)
        elif reference not in FIELDS:
            says = f"'{expression}' is no value: a source description has {', '.join(FIELDS)}"
            self._flaw(moment, says, suggestion(reference, FIELDS))

    def _component(self, moment: Moment, expression: Expression) -> None:
        name = ".".join(expression.names)
        known = tuple(self._script.description.components)
        if name not in known:
            says = f"'{expression}': there is no such component with a value"
            self._flaw(moment, says, suggestion(name, known), Grade.WRONG)

    def _output(self, moment: Moment, expression: Expression) -> None:
        name = expression.names[0]
        visit = self._script.visits.get(moment.step.at) if moment.step else None
        if visit is None and moment.step and moment.step.target.kind == "workflowId":
            return  # that there is no such workflow was told already
        workflow = visit.workflow if visit else self._workflow
        names = tuple(output for output, _ in workflow.outputs)
        if name and name not in names and name.partition(".")[0] not in names:
            says = f"'{expression}': the workflow '{workflow.id}' has no output '{name}'"
            self._flaw(moment, says, suggestion(name, names))

    def _answer(self, moment: Moment, expression: Expression) -> None:
        if not moment.answered:
            says = f"'{expression}' is asked for before the request is sent"
            self._flaw(moment, says, "Hand it on as an output of an earlier step.")


def _parameters(
    moment: Moment, parameters: tuple[Parameter, ...]
) -> Iterator[tuple[Moment, Expression]]:
    for parameter in parameters:
        yield from _value(moment, parameter.value, f"{parameter.at}/value")


def _values(
    moment: Moment, values: tuple[tuple[str, Value], ...], at: str
) -> Iterator[tuple[Moment, Expression]]:
    for name, value in values:
        yield from _value(moment, value, f"{at}/{name}")


def _value(moment: Moment, value: Value, at: str) -> Iterator[tuple[Moment, Expression]]:
    here = Moment(at, moment.step, moment.answered, moment.finished)
    return ((here, expression) for expression in expressions_of(value))


def _criteria(
    moment: Moment, criteria: tuple[Criterion, ...]
) -> Iterator[tuple[Moment, Expression]]:
    for criterion in criteria:
        here = Moment(f"{criterion.at}/condition", moment.step, moment.answered, moment.finished)
        for expression in criterion.assertion.expressions():
            yield here, expression


def _heads(names: Mapping[str, object]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def _declared(workflow: Workflow) -> dict[str, object] | None:
    """The inputs that a workflow knows by name; None where its schema leaves that open."""
    known: dict[str, object] = dict(workflow.extension.inputs)
    known.update(dict.fromkeys((*workflow.extension.fresh, *workflow.extension.hooks)))
    for row in workflow.extension.rows:
        known.update(row)
    schema = workflow.inputs
    if schema is None:
        return known
    try:
        node, _ = schema.resolved()
    except UnresolvedReference:
        return None
    if not isinstance(node, dict) or any(word in node for word in CHOICES):
        return None
    members = schema.members()
    return None if not members and not node.get("properties") else {**known, **members}

"""A workflow played from its first step to its end: jumps, retries, visits and clean-up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from verifier.model import Form, Fresh, Identity, Missing, Pause, Vendor
from verifier.scenarios.binding import Script, Visit
from verifier.scenarios.description import Action, Step, Workflow
from verifier.scenarios.expressions import NOTHING, Done
from verifier.scenarios.flows.act import Act, Ended, Failure
from verifier.scenarios.flows.attempts import Attempt, Attempts, Flowing
from verifier.scenarios.flows.faults import Faults
from verifier.scenarios.flows.following import (
    LONGEST_WAIT_SECONDS,
    actions_of,
    next_action,
    wait_seconds,
)
from verifier.scenarios.flows.generated import Generated
from verifier.scenarios.flows.hooks import Hooks
from verifier.scenarios.flows.inputs import fresh_value, whole_inputs, wrong_inputs
from verifier.scenarios.flows.judging import unmet
from verifier.scenarios.flows.requests import CannotBuild, merged
from verifier.scenarios.flows.trail import Trail
from verifier.scenarios.values import value_of

__all__ = ["Player"]

MOST_STEPS = 500
STEP_OF = re.compile(r"\$workflows\.(.+)\.steps\.(.+)")
DEEPEST = 20


class Player:
    """
    Plays workflows, one inside the other, and writes their trail.

    Args:
        given: Inputs that the user gave, for the workflows that are run by themselves.
    """

    def __init__(self, vendor: Vendor, trail: Trail, given: Mapping[str, Any]) -> None:
        self._vendor = vendor
        self._given = given
        self._trail = trail
        self._hooks = Hooks(trail)
        self._attempts = Attempts(vendor, trail, self._hooks)
        self._done: dict[int, dict[str, Done]] = {}
        self.faults = Faults(trail)

    def play(
        self,
        script: Script,
        workflow: Workflow,
        inputs: Mapping[str, Any],
        *,
        identity: Identity | None = None,
        path: tuple[str, ...] = (),
    ) -> Flowing:
        """
        Play a workflow, what it depends on first, and its clean-up whatever happens. -> Ended.

        Args:
            identity: As whom its steps are sent, where it does not say it itself.
            path: Ids of the steps that led here.
        """
        inputs = yield from _freshened(workflow, inputs)
        inputs = yield from self._hooks.opened(workflow, inputs)
        act = Act(
            script=script,
            workflow=workflow,
            inputs=inputs,
            identity=_own_identity(workflow, identity),
            path=path,
            done=self._done.setdefault(id(script), {}),
        )
        closed = False
        try:
            yield from self._prerequisites(act)
            failure = yield from self._steps(act)
        except GeneratorExit:
            closed = True
            raise
        finally:
            if not closed:
                yield from self._clean_up(act)
        outputs = self._outputs(act)
        act.done[workflow.id] = Done(inputs=inputs, outputs=outputs)
        return Ended(outputs=outputs, failure=failure, last=act.last)

    def _prerequisites(self, act: Act) -> Flowing:
        """Whatever must have been completed first; without it nothing can be said. -> None."""
        for visit in act.script.depends_on(act.workflow):
            done = self._done.get(id(visit.script), {})
            if visit.workflow.id in done:
                continue
            self._trail.note(
                act, "", "visit", f"depends on '{visit.workflow.id}'", at=act.workflow.at
            )
            inputs = whole_inputs(visit.workflow, _declared(visit.workflow, self._given))
            ended = yield from self.play(
                visit.script, visit.workflow, inputs, path=(*act.path, visit.workflow.id)
            )
            if ended.failure is not None:
                yield Missing(
                    reason=f"it depends on '{visit.workflow.id}', which failed at step"
                    f" '{ended.failure.step.id}'",
                    supply="",
                )

    def _steps(self, act: Act) -> Flowing:
        """The steps, one after the other or as their actions say. -> Failure | None."""
        steps = act.workflow.steps
        index = 0
        while index < len(steps):
            self._trail.steps += 1
            if self._trail.steps > MOST_STEPS:
                return _endless(act, steps[index], self._trail)
            group = _group(steps, index)
            attempt, action = yield from self._group(act, group)
            if action is None:
                if attempt.failure is not None:
                    return attempt.failure
                index += len(group)
                continue
            last = group[-1]
            if action.type == "end":
                self._trail.note(act, last.id, "end", f"ends: '{action.name}'", at=action.at)
                return attempt.failure
            if action.workflow:
                return (yield from self._goto_workflow(act, last, action, attempt))
            self._trail.note(act, last.id, "goto", f"goes to '{action.step}'", at=action.at)
            index = next(i for i, step in enumerate(steps) if step.id == action.step)
        return None

    def _goto_workflow(self, act: Act, step: Step, action: Action, attempt: Attempt) -> Flowing:
        """Hand control over for good. -> Failure | None."""
        visit = act.script.visits[action.at]
        self._trail.note(act, step.id, "goto", f"goes to '{visit.workflow.id}'", at=action.at)
        ended = yield from self._visit(act, step, visit, _given(act, action, attempt))
        return ended.failure

    def _group(self, act: Act, group: Sequence[Step]) -> Flowing:
        """A step, or several that are sent together. -> (Attempt, Action | None)."""
        if len(group) == 1:
            return (yield from self._step(act, group[0]))
        for each in group:
            yield from self.faults.ask(act, each)
        attempts = yield from self._attempts.together(act, group)
        pairs = list(zip(group, attempts, strict=False))
        step, attempt = next(
            ((step, one) for step, one in pairs if one.failure is not None), pairs[-1]
        )
        action = self._following(act, step, attempt, Counter())
        return attempt, None if action is None or action.type == "retry" else action

    def _step(self, act: Act, step: Step) -> Flowing:
        """A step with its retries. -> (Attempt, Action | None)."""
        yield from self.faults.ask(act, step)
        retried: Counter[str] = Counter()
        while True:
            attempt = yield from self._attempt(act, step)
            action = self._following(act, step, attempt, retried)
            if action is None or action.type != "retry":
                return attempt, action
            retried[action.name] += 1
            seconds = wait_seconds(action, attempt.exchange)
            if seconds > LONGEST_WAIT_SECONDS:
                return _too_long(attempt, seconds), None
            says = f"waits {seconds:g} s, then retry {retried[action.name]} ({action.name})"
            self._trail.note(act, step.id, "retry", says, at=action.at)
            if seconds > 0:
                yield Pause(seconds)
            yield from self._before_retry(act, step, action, attempt)

    def _before_retry(self, act: Act, step: Step, action: Action, attempt: Attempt) -> Flowing:
        """What a retry asks for first: another workflow, or another step of this one."""
        if action.workflow and action.at in act.script.visits:
            visit = act.script.visits[action.at]
            yield from self._visit(act, step, visit, _given(act, action, attempt))
        elif action.step and action.step != step.id:
            other = act.workflow.step(action.step)
            if other is not None:
                yield from self._attempt(act, other)

    def _attempt(self, act: Act, step: Step) -> Flowing:
        """One attempt at a step of any kind. -> Attempt."""
        missing = next((name for name in step.depends_on if not _completed(act, name)), "")
        if missing:
            says = f"'{missing}', on which it depends, was not completed"
            return self._attempts.unsendable(act, step, says)
        if step.at in act.script.visits:
            return (yield from self._called(act, step, act.script.visits[step.at]))
        if step.extension.cases:
            return (yield from self._generated(act, step))
        return (yield from self._attempts.one(act, step))

    def _generated(self, act: Act, step: Step) -> Flowing:
        """A step whose bodies are drawn. -> Attempt."""
        try:
            built = self._attempts.built(act, step)
        except CannotBuild as error:
            return self._attempts.unsendable(act, step, str(error))
        return (yield from Generated(self._vendor, self._trail, self._hooks).play(act, step, built))

    def _called(self, act: Act, step: Step, visit: Visit) -> Flowing:
        """A step that calls a workflow. -> Attempt."""
        scope = act.scope(act.last)
        parameters = merged(act.workflow.parameters, step.parameters, named=True)
        pairs = ((p.name, value_of(p.value, scope)) for p in parameters)
        given = {name: value for name, value in pairs if value is not NOTHING}
        self._trail.note(act, step.id, "visit", f"calls '{visit.workflow.id}'", at=step.at)
        ended = yield from self._visit(act, step, visit, given)
        scope = act.scope(ended.last, outputs=ended.outputs)
        outputs = ((name, value_of(value, scope)) for name, value in step.outputs)
        act.steps[step.id] = {name: value for name, value in outputs if value is not NOTHING}
        act.last = ended.last
        failure = ended.failure or self._unmet_of_visit(act, step, scope)
        scope = act.scope(ended.last, outputs=ended.outputs)
        return Attempt(failure=failure, seen=ended.last, scope=scope)

    def _unmet_of_visit(self, act: Act, step: Step, scope: Any) -> Failure | None:
        demands = unmet(step.criteria, scope)
        if not demands:
            return None
        return act.failure(
            step,
            demands[0].mark,
            f"the workflow '{step.target.name}' came to something else",
            expected=demands[0].expected,
            seen=demands[0].seen,
            evidence=self._trail.leading_to(),
        )

    def _visit(self, act: Act, step: Step, visit: Visit, given: Mapping[str, Any]) -> Flowing:
        """Play another workflow from a step of this one. -> Ended."""
        if act.depth >= DEEPEST:
            yield Missing(reason=f"workflows call each other {DEEPEST} deep", supply="")
        inputs = whole_inputs(visit.workflow, given)
        wrong = wrong_inputs(visit.workflow, inputs)
        if wrong:
            return Ended(outputs={}, failure=self._misfit(act, step, visit, wrong))
        identity = act.identity
        if step.extension.principal is not None:
            identity = Identity(principal=step.extension.principal, form=step.extension.form)
        return (
            yield from self.play(
                visit.script,
                visit.workflow,
                inputs,
                identity=identity,
                path=(*act.path, step.id),
            )
        )

    def _misfit(self, act: Act, step: Step, visit: Visit, wrong: str) -> Failure:
        return act.failure(
            step,
            "inputs",
            f"the workflow '{visit.workflow.id}' cannot be called with these inputs",
            expected="inputs that its schema allows",
            seen=wrong,
            evidence=self._trail.leading_to(),
        )

    def _following(
        self, act: Act, step: Step, attempt: Attempt, retried: Counter[str]
    ) -> Action | None:
        if attempt.final:
            return None
        if attempt.failure is None:
            actions = actions_of(step.on_success, act.workflow.success_actions)
        else:
            actions = actions_of(step.on_failure, act.workflow.failure_actions)
        return next_action(actions, attempt.scope, retried)

    def _outputs(self, act: Act) -> dict[str, Any]:
        scope = act.scope(act.last)
        found = ((name, value_of(value, scope)) for name, value in act.workflow.outputs)
        return {name: value for name, value in found if value is not NOTHING}

    def _clean_up(self, act: Act) -> Flowing:
        """The clean-up steps, each whatever became of the others."""
        attempts = Attempts(self._vendor, self._trail, self._hooks, tidying=True)
        for step in act.workflow.extension.cleanup:
            if step.at not in act.script.calls:
                continue
            try:
                attempts.built(act, step)
            except CannotBuild:
                continue  # what it would remove was never made
            try:
                yield from attempts.one(act, step)
            except Exception as error:  # noqa: BLE001  (the other steps must still run)
                self._trail.note(act, step.id, "cleanup", f"failed: {error}", at=step.at)


def _own_identity(workflow: Workflow, identity: Identity | None) -> Identity:
    name = workflow.extension.principal
    if name is None:
        return identity or Identity()
    return Identity(principal=name, form=Form.INTACT if name else Form.ABSENT)


def _freshened(workflow: Workflow, inputs: Mapping[str, Any]) -> Flowing:
    """Inputs with a value that nobody used before for each that is to be fresh. -> dict."""
    fresh = dict(inputs)
    for name in workflow.extension.fresh:
        if name not in fresh:
            fresh[name] = fresh_value(workflow, name, (yield Fresh()))
    return fresh


def _declared(workflow: Workflow, given: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the user's inputs that a workflow knows."""
    known = workflow.inputs.members() if workflow.inputs is not None else {}
    return {name: value for name, value in given.items() if name in known}


def _completed(act: Act, name: str) -> bool:
    """Whether a step has run, of this workflow or of one that has ended."""
    found = STEP_OF.fullmatch(name)
    return found[1] in act.done if found else name.startswith("$") or name in act.steps


def _group(steps: Sequence[Step], index: int) -> list[Step]:
    """The step, and its neighbours that are sent together with it."""
    label = steps[index].extension.together
    group = [steps[index]]
    for step in steps[index + 1 :] if label else ():
        if step.extension.together != label:
            break
        group.append(step)
    return group


def _given(act: Act, action: Action, attempt: Attempt) -> dict[str, Any]:
    pairs = ((p.name, value_of(p.value, attempt.scope)) for p in action.parameters)
    return {name: value for name, value in pairs if value is not NOTHING}


def _too_long(attempt: Attempt, seconds: float) -> Attempt:
    failure = attempt.failure
    if failure is None:
        return attempt
    says = f"it asks us to wait {seconds:g} s, and a scenario waits {LONGEST_WAIT_SECONDS:g} s"
    return replace(attempt, failure=replace(failure, mark="wait", seen=says))


def _endless(act: Act, step: Step, trail: Trail) -> Failure:
    return act.failure(
        step,
        "endless",
        f"it did not come to an end within {MOST_STEPS} steps",
        expected="an end",
        seen=f"{MOST_STEPS} steps",
        evidence=trail.leading_to(),
    )

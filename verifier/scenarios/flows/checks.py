"""Workflows as checks: the driver plans, paces, repeats, records and cleans them up like any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any
from uuid import UUID

from msgspec import Struct, field

from verifier.model import (
    Check,
    Clean,
    Confidence,
    Environment,
    Finding,
    Missing,
    Subject,
    Tell,
    Vendor,
)
from verifier.model import Effect as Harm
from verifier.scenarios.binding import Script, needs
from verifier.scenarios.description import Step, Workflow
from verifier.scenarios.flows.act import Failure
from verifier.scenarios.flows.attempts import Flowing
from verifier.scenarios.flows.inputs import fresh_value, made_up, whole_inputs, wrong_inputs
from verifier.scenarios.flows.playing import Player
from verifier.scenarios.flows.trail import Trail
from verifier.scenarios.flows.wording import in_words

__all__ = ["Casting", "checks_of", "roots"]

MOST_VISITED = 200
LONGEST_REASON = 160
# Marks of failures that no answer brought about.
NEVER_ASKED = ("unsendable", "inputs", "endless")
SUFFIX = re.compile(r"\.(arazzo\.)?(ya?ml|json)$", re.IGNORECASE)
HARMS = (Harm.READ, Harm.WRITE, Harm.DELETE)


class Casting(Struct, frozen=True, kw_only=True):
    """
    What a run decides about scenarios.

    Args:
        given: Inputs that the user gave.
        make_up: Whether inputs that nobody gave are made from their schemas (against a mock).
        workflows: Ids to run; empty takes those that no other one calls.
        tags: Only workflows with one of these; empty takes all.
    """

    given: Mapping[str, Any] = field(default_factory=dict)
    make_up: bool = False
    workflows: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    seed: int = 0


def roots(script: Script) -> list[Workflow]:
    """The workflows that no other one of the description calls."""
    called = {
        (id(visit.script), visit.workflow.id)
        for workflow in script.description.workflows
        for at, visit in script.visits.items()
        if at.startswith(f"{workflow.at}/") and "/dependsOn/" not in at
        if visit.workflow.id != workflow.id
    }
    return [w for w in script.description.workflows if (id(script), w.id) not in called]


def checks_of(script: Script, casting: Casting) -> Iterator[Check]:
    """A check for each workflow that is to be run; one for each row where it has a table."""
    for workflow in _chosen(script, casting):
        rows = workflow.extension.rows
        for number, row in enumerate(rows or ({},), start=1):
            yield _check(script, workflow, casting, row, number if rows else 0)


def _chosen(script: Script, casting: Casting) -> list[Workflow]:
    if casting.workflows:
        found = [w for w in script.description.workflows if w.id in casting.workflows]
    else:
        found = roots(script)
    wanted = set(casting.tags)
    return [w for w in found if not wanted or wanted & set(w.extension.tags)]


def _check(
    script: Script, workflow: Workflow, casting: Casting, row: Mapping[str, Any], number: int
) -> Check:
    given = {**casting.given, **row}
    inputs = (made_up if casting.make_up else _plain)(workflow, given, casting.seed)
    label = ", ".join(f"{name}={value}" for name, value in row.items())[:80]

    def flow(vendor: Vendor) -> Flowing:
        trail = Trail()
        player = Player(vendor, trail, casting.given)
        lacking = _lacking(script, workflow, inputs, vendor)
        if lacking is not None:
            yield lacking
        try:
            ended = yield from player.play(script, workflow, inputs)
            left = yield from player.faults.take_back()
        except Exception:
            yield from player.faults.take_back()
            yield Clean()
            yield Tell(trail.story(script.description, workflow, label))
            raise
        yield Clean()  # what comes next, the same once more included, begins as this did
        yield Tell(trail.story(script.description, workflow, label))
        if ended.failure is None and left:
            yield Missing(reason=f"the mock was never asked for what shows {left[0]}", supply="")
        if ended.failure is None:
            return ()
        if ended.failure.silent:
            yield _obstacle(ended.failure)
        return (_finding(workflow, ended.failure, label),)

    return Check(
        id=_id(script, workflow, number),
        title=workflow.summary or workflow.id,
        doc=_doc(script, workflow, label),
        question=workflow.extension.question,
        severity=workflow.extension.severity,
        effect=_harm(script, workflow),
        source=str(script.description.place(workflow.at)),
        flow=flow,
        subject=Subject.VENDOR,
        wants_vendor=False,
        price=_price(script, workflow),
        needs=lambda vendor: _lacking(script, workflow, inputs, vendor),
    )


def _plain(workflow: Workflow, given: Mapping[str, Any], seed: int) -> dict[str, Any]:
    return whole_inputs(workflow, given)


def _id(script: Script, workflow: Workflow, number: int) -> str:
    name = SUFFIX.sub("", PurePath(script.description.location).name)
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-") or "scenario"
    row = f".{number}" if number else ""
    return f"scenario.{plain}.{workflow.id}{row}"


def _doc(script: Script, workflow: Workflow, label: str) -> str:
    title = workflow.summary or workflow.id
    why = workflow.extension.why or workflow.description
    matters = f"Why it matters\n{why.strip()}\n\n" if why else ""
    steps = "\n".join(f"- {step.id}: {_calls(script, step)}" for step in workflow.steps)
    row = f"\nWith {label}." if label else ""
    return (
        f"{title}.\n\n{matters}How it asks\n{steps}{row}\n\n"
        "Limits\nIt says something about this one way through the API, and no other."
    )


def _calls(script: Script, step: Step) -> str:
    call = script.calls.get(step.at)
    return call.operation.key if call else f"the workflow {step.target.name}"


def _lacking(
    script: Script, workflow: Workflow, inputs: Mapping[str, Any], vendor: Vendor
) -> Missing | None:
    steps = list(_all_steps(script, workflow))
    for step, owner in steps:
        api = owner.calls[step.at].api if step.at in owner.calls else ""
        if vendor.live and api and not vendor.apis[api].base_url:
            return Missing(reason=f"the API '{api}' has no address", supply=f"--api {api}=URL")
    if vendor.environment is not Environment.MOCK and any(s.extension.faults for s, _ in steps):
        return Missing(reason="it asks for faults, which only a mock shows", supply="--mock")
    fresh = {
        name: fresh_value(workflow, name, str(UUID(int=0))) for name in workflow.extension.fresh
    }
    hooks = dict.fromkeys(workflow.extension.hooks, "https://here.test/hook")
    wrong = wrong_inputs(workflow, {**fresh, **hooks, **inputs})
    if not wrong:
        return None
    return Missing(reason=f"its inputs are not complete: {wrong}", supply="--input NAME=VALUE")


def _obstacle(failure: Failure) -> Missing:
    return Missing(reason=f"step '{failure.step.id}': {failure.says}", supply="")


def _finding(workflow: Workflow, failure: Failure, label: str) -> Finding:
    extension = workflow.extension
    name = workflow.summary or workflow.id
    row = f" ({label})" if label else ""
    why = failure.says if failure.mark in NEVER_ASKED else in_words(failure.seen)
    return Finding(
        says=f"{name}{row}: not so at step '{failure.step.id}': {_shortened(why)}",
        signature=f"step:{'/'.join(failure.path)}:{failure.mark}",
        operation=failure.operation,
        evidence=failure.evidence,
        expected=failure.expected,
        seen=failure.seen,
        ask=extension.ask,
        severity=failure.step.extension.severity,
        confidence=Confidence.HIGH,
        detail={"place": failure.place, "step": failure.step.id, "call": failure.says},
    )


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_REASON else f"{text[: LONGEST_REASON - 1]}…"


def _harm(script: Script, workflow: Workflow) -> Harm:
    """The most that the workflow, and those that it calls, may do."""
    worst = 0
    for step, owner in _all_steps(script, workflow):
        call = owner.calls.get(step.at)
        if call is not None and not call.operation.safe:
            worst = max(worst, 2 if call.operation.method == "DELETE" else 1)
    return HARMS[worst]


def _price(script: Script, workflow: Workflow) -> int:
    """The most requests of one straight way through, retries and effects included."""
    total = 0
    for step, owner in _all_steps(script, workflow):
        if step.at in owner.calls:
            retries = max((a.retry_limit for a in step.on_failure if a.type == "retry"), default=0)
            extension = step.extension
            once = extension.copies * max(1, extension.cases) + len(extension.effects)
            total += once * (1 + retries)
    return max(1, total)


def _all_steps(script: Script, workflow: Workflow) -> Iterator[tuple[Step, Script]]:
    ahead: list[tuple[Script, Workflow]] = [(script, workflow)]
    seen: set[tuple[int, str]] = set()
    while ahead and len(seen) < MOST_VISITED:
        owner, current = ahead.pop()
        if (id(owner), current.id) in seen:
            continue
        seen.add((id(owner), current.id))
        for step in (*current.steps, *current.extension.cleanup):
            yield step, owner
        ahead.extend((visit.script, visit.workflow) for visit in needs(owner, current))

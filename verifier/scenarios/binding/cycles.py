"""Workflows that wait for each other, or call each other without end."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.scenarios.binding.script import Script, Visit
from verifier.scenarios.description import Workflow

__all__ = ["needs", "ring"]


def ring(script: Script, workflow: Workflow) -> tuple[str, ...]:
    """The workflows of a circle that starts and ends here; none where there is no circle."""
    return _search(Visit(script, workflow), _key(script, workflow), (workflow.id,), set())


def needs(script: Script, workflow: Workflow) -> Iterator[Visit]:
    """The workflows that must run for this one to run: those it depends on, and those it calls."""
    yield from script.depends_on(workflow)
    for step in (*workflow.steps, *workflow.extension.cleanup):
        if step.at in script.visits:
            yield script.visits[step.at]
        for action in step.on_failure:
            # A 'goto' hands control over for good; a retry comes back, and so must end.
            if action.type == "retry" and action.at in script.visits:
                yield script.visits[action.at]


def _search(
    visit: Visit, goal: tuple[int, str], path: tuple[str, ...], seen: set[tuple[int, str]]
) -> tuple[str, ...]:
    for ahead in needs(visit.script, visit.workflow):
        key = _key(ahead.script, ahead.workflow)
        if key == goal:
            return (*path, ahead.workflow.id)
        if key in seen:
            continue
        seen.add(key)
        found = _search(ahead, goal, (*path, ahead.workflow.id), seen)
        if found:
            return found
    return ()


def _key(script: Script, workflow: Workflow) -> tuple[int, str]:
    return id(script), workflow.id

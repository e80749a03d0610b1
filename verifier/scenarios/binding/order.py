"""Which step can have run before which: the paths that a workflow's control can take."""

from __future__ import annotations

from verifier.scenarios.description import Step, Workflow

__all__ = ["Order"]


class Order:
    """The order of a workflow's steps, jumps included."""

    def __init__(self, workflow: Workflow) -> None:
        self._index = {step.id: index for index, step in enumerate(workflow.steps)}
        common = (*workflow.success_actions, *workflow.failure_actions)
        self._next: list[set[int]] = []
        for index, step in enumerate(workflow.steps):
            actions = (*step.on_success, *step.on_failure, *common)
            jumps = {a.step for a in actions if a.step and a.type == "goto"}
            following = {self._index[name] for name in jumps if name in self._index}
            if index + 1 < len(workflow.steps):
                following.add(index + 1)
            self._next.append(following)
        self._reached: dict[int, set[int]] = {}

    def can_precede(self, first: str, then: Step) -> bool:
        """Whether one step may have been completed when another one begins."""
        if first not in self._index or then.id not in self._index:
            return True
        return self._index[then.id] in self._from(self._index[first])

    def _from(self, start: int) -> set[int]:
        """Every step that can come after one."""
        if start not in self._reached:
            seen: set[int] = set()
            ahead = list(self._next[start])
            while ahead:
                index = ahead.pop()
                if index not in seen:
                    seen.add(index)
                    ahead.extend(self._next[index])
            self._reached[start] = seen
        return self._reached[start]

"""One workflow in play: what it was given, what its steps gave, and what it can see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from verifier.model import Identity
from verifier.scenarios.binding import Script
from verifier.scenarios.description import Step, Workflow
from verifier.scenarios.expressions import Done, Message, Scope, Seen
from verifier.scenarios.values import value_of

__all__ = ["Act", "Ended", "Failure"]


class Failure(Struct, frozen=True, kw_only=True):
    """
    Why a step, and with it perhaps its workflow, failed.

    Args:
        path: Ids of the workflows' steps that led here, the failed one last.
        mark: Which demand was not met, without values: ``criterion-0``, ``effect-1``.
        silent: Whether no answer came, so that nothing can be said about the vendor.
    """

    step: Step
    path: tuple[str, ...]
    mark: str
    says: str
    expected: str
    seen: str
    evidence: tuple[str, ...]
    operation: str
    place: str
    silent: bool = False


class Ended(Struct, frozen=True, kw_only=True):
    """How a workflow ended; ``last`` is the last request of it that was answered."""

    outputs: Mapping[str, Any]
    failure: Failure | None = None
    last: Seen | None = None


class Act(Struct, kw_only=True):
    """
    The state of one workflow in play.

    Args:
        path: Ids of the steps that led into it.
        identity: As whom its steps are sent that do not say it themselves.
        done: Workflows that have ended, by id; shared by all workflows of one description.
    """

    script: Script
    workflow: Workflow
    inputs: Mapping[str, Any]
    identity: Identity
    path: tuple[str, ...] = ()
    done: dict[str, Done]
    steps: dict[str, dict[str, Any]] = field(default_factory=dict)
    last: Seen | None = None

    def scope(
        self,
        seen: Seen | None = None,
        *,
        outputs: Mapping[str, Any] | None = None,
        message: Message | None = None,
    ) -> Scope:
        """What an expression can see now."""
        bare = Scope(
            inputs=self.inputs,
            outputs=outputs or {},
            steps=self.steps,
            workflows={**self.done, self.workflow.id: Done(inputs=self.inputs)},
            sources={
                source.name: {"name": source.name, "url": source.url, "type": source.kind}
                for source in self.script.description.sources
            },
            seen=seen,
            message=message,
            self_uri=self.script.description.self_uri,
        )
        components = self.script.description.components
        if not components:
            return bare
        held = {name: value_of(value, bare) for name, value in components.items()}
        return replace(bare, components=held)

    @property
    def depth(self) -> int:
        """How many workflows deep it is."""
        return len(self.path)

    def failure(
        self,
        step: Step,
        mark: str,
        says: str,
        *,
        expected: str,
        seen: str,
        evidence: tuple[str, ...] = (),
    ) -> Failure:
        """Why a step of this workflow failed, before more is known."""
        call = self.script.calls.get(step.at)
        return Failure(
            step=step,
            path=(*self.path, step.id),
            mark=mark,
            says=says,
            expected=expected,
            seen=seen,
            evidence=evidence,
            operation=call.operation.key if call is not None else "",
            place=self.place(step.at),
        )

    def place(self, at: str) -> str:
        """File and line of a part, for a person."""
        return str(self.script.description.place(at))

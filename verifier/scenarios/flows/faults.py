"""What the mock is asked to get wrong while a workflow is played, and taken back afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.model import Behave, Misbehave
from verifier.scenarios.binding import script_of
from verifier.scenarios.description import Step
from verifier.scenarios.flows.act import Act
from verifier.scenarios.flows.attempts import Flowing
from verifier.scenarios.flows.trail import Trail

__all__ = ["Faults"]


class Faults:
    """Asks for faults, and knows which of them never took hold."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self._scripted: list[tuple[str, Any]] = []

    def ask(self, act: Act, step: Step) -> Flowing:
        """Ask the mock for what the step's author wants to see survived. -> None."""
        for fault in step.extension.faults if step.at in act.script.calls else ():
            asked = script_of(fault, act.script.calls[step.at].operation)
            scripted = yield Misbehave(asked)
            self._scripted.append((_named(asked), scripted))
            self._trail.note(act, step.id, "fault", f"the mock shows {_named(asked)}", at=fault.at)

    def take_back(self) -> Flowing:
        """Take back what is left of them. -> names of those that never took hold."""
        left = [name for name, scripted in self._scripted if scripted.unconsumed]
        for _, scripted in self._scripted:
            yield Behave(scripted)
        self._scripted.clear()
        return left


def _named(asked: Mapping[str, Any]) -> str:
    """A fault in a few words."""
    options = ", ".join(f"{name} {value}" for name, value in (asked.get("with") or {}).items())
    name = f"{asked.get('fault', 'status')}{f' ({options})' if options else ''}"
    return f"{name} for {asked['operation']}"

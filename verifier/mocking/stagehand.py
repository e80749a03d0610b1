"""Plays scripted faults to the vendor's requests, as a hook on its stages."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from msgspec.structs import replace

from verifier.mocking.clock import MovableClock
from verifier.mocking.fault import Play
from verifier.mocking.script import Script, Scripts
from verifier.mocking.turn import Turn
from verifier.mocking.vendor import MockVendor

__all__ = ["LABEL", "Stagehand"]

LABEL = "X-Verifier-Fault"


class Stagehand:
    """
    One request at a time: a script is chosen once it is known who asks for what, and its fault
    takes hold before the vendor acts, while it does, or after everything else was done. What it
    did to the state by itself is counted in ``changes``: it is no effect of the request.

    Args:
        vendor: Gives the vendor on whose stages it is.
    """

    def __init__(
        self, scripts: Scripts, clock: MovableClock, vendor: Callable[[], MockVendor]
    ) -> None:
        self._scripts = scripts
        self._clock = clock
        self._vendor = vendor
        self._stack = ExitStack()
        self._play: Play | None = None
        self.script: Script | None = None
        self.changes = 0

    def after_admit(self, turn: Turn) -> None:
        """Choose a script, and begin with it."""
        self._begin(turn)

    def before_represent(self, turn: Turn) -> None:
        """Choose one for what means no operation; let the fault change what was decided."""
        if turn.operation is None:
            self._begin(turn)
        if self.script is not None and self._play is not None and self.script.fault.decided:
            self.script.fault.decided(self._play)

    def after_complete(self, turn: Turn) -> None:
        """Let the fault change the answer."""
        script, play = self.script, self._play
        if script is None or play is None:
            return
        self._stack.close()
        if turn.answer is None:
            return
        if script.fault.after is not None:
            turn.answer = script.fault.after(play, turn.answer)
        kept = tuple(header for header in turn.answer.headers if header[1])
        turn.answer = replace(turn.answer, headers=(*kept, (LABEL, script.fault.name)))

    def end(self) -> None:
        """Be ready for the next request."""
        if self.script is not None:
            self._stack.close()
            self._play = self.script = None
            self.changes = 0

    def _begin(self, turn: Turn) -> None:
        script = self._scripts.choose(turn)
        if script is None:
            return
        self.script, fault = script, script.fault
        turn.notes.append(f"fault {script}")
        self._play = play = Play(
            options=script.options,
            turn=turn,
            nth=script.fired,
            rng=random.Random(f"{script.seed}:{script.serial}:{script.fired}"),  # noqa: S311
            clock=self._clock,
            vendor=self._vendor(),
        )
        if fault.within is not None:
            self._stack.enter_context(fault.within(play))
        changed = play.state.changed
        decided: Any = fault.before(play) if fault.before is not None else None
        self.changes = play.state.changed - changed
        if decided is not None:
            turn.decision = decided

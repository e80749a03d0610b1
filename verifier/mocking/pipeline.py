"""
The way of a request: stage after stage, each with room before and after it for whoever misbehaves.

    route       which operation is meant                       404, 405
    admit       who asks, and whether they may                 401, 403
    limit       whether they ask too often                     429
    read        the request as values                          400, 415
    recall      whether it was asked before, under one key     the first answer, 409, 422
    validate    whether it is what the document asks for       400, 422
    act         what it does to what is kept                   404, 409, 412, 422
    represent   what was decided, in the document's shape
    remember    the answer, under the key
    announce    what was done, to those who want to hear of it
    complete    the headers that every answer carries

The stages up to ``act`` decide: the first decision ends them. Then the others have their turn, for
refusals too. A hook is called ``before_act(turn)`` or ``after_act(turn)``, after any stage's name;
it may look at everything in the Turn, change it, decide itself, or take a decision back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from verifier.mocking.turn import Turn

__all__ = ["CLOSING", "DECIDING", "Pipeline", "Stage"]

Stage = Callable[[Turn], None]

DECIDING = ("route", "admit", "limit", "read", "recall", "validate", "act")
CLOSING = ("represent", "remember", "announce", "complete")


class Pipeline:
    """
    The stages in their order.

    Args:
        stages: Name to stage, for each of ``DECIDING`` and ``CLOSING``.
        hooks: Gives the functions of a hook's name, such as ``before_act``.
    """

    def __init__(self, stages: dict[str, Stage], hooks: Callable[[str], Sequence[Stage]]) -> None:
        self._deciding = [_step(name, stages[name], hooks) for name in DECIDING]
        self._closing = [_step(name, stages[name], hooks) for name in CLOSING]

    def run(self, turn: Turn) -> None:
        """Take a request through all of them."""
        for stage in self._deciding:
            stage(turn)
            if turn.decision is not None:
                break
        for stage in self._closing:
            stage(turn)


def _step(name: str, stage: Stage, hooks: Callable[[str], Sequence[Stage]]) -> Stage:
    """A stage with what comes before and after it; itself, where nothing does."""
    before, after = hooks(f"before_{name}"), hooks(f"after_{name}")
    if not before and not after:
        return stage
    decides = name in DECIDING

    def step(turn: Turn) -> None:
        for hook in before:
            hook(turn)
        if not decides or turn.decision is None:
            stage(turn)
        for hook in after:
            hook(turn)

    return step

"""A take: one start of the program against one vendor that fails in one way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from verifier.model import MockProfile
from verifier.rehearsing.orders import Order

__all__ = ["Script", "Take"]

Script = Mapping[str, Any]
UNSAID = MockProfile()


class Take(Struct, frozen=True, kw_only=True):
    """
    What is played.

    Args:
        name: Within its episode, such as ``503``.
        scripts: For each run of the program, the faults that are scripted before it; those of the
            run before are withdrawn. ``({...},), ()`` runs it twice, the second time in peace.
        instances: How many of the program run at once.
        orders: What becomes of its records first.
        before: Called with the ``Scene`` before the program is started.
        direct: Called with the ``Scene`` while the program serves, to play something to it.
        profile: How the vendor behaves where its document leaves that open.
        misbehave: Its lasting defects.
        stranger: Whether there is another host, which scripts may name ``{elsewhere}``.
        timeout_seconds: How long a run may take; None takes the integration's.
        shows: The properties that it is for; empty is all of its episode's.
        facts: What the judges need to know of it, such as the seconds of a Retry-After.
    """

    name: str
    scripts: tuple[tuple[Script, ...], ...] = ((),)
    instances: int = 1
    orders: Callable[[Sequence[Order]], Sequence[Mapping[str, Any]]] | None = None
    before: Callable[[Any], None] | None = None
    direct: Callable[[Any], None] | None = None
    profile: MockProfile = UNSAID
    misbehave: tuple[str, ...] = ()
    stranger: bool = False
    timeout_seconds: float | None = None
    shows: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

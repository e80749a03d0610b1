"""The client is sent to another address.

Imitates a move to another host, or a captive network. A client that follows must not take its
credential to another origin, and keeps method and body on 307 and 308 only (RFC 9110, 15.4).
Nothing is done, unless it is said to be: then 303 leads to what was made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from verifier.mocking.fault import Play
from verifier.mocking.links import item_path
from verifier.mocking.outcome import Shown
from verifier.wire import Answer

__all__ = ["Options", "after", "before"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    Where to.

    Args:
        location: The address; ``{target}`` is the path and query that were asked for, ``{made}``
            the address of what was made.
        status: Of the answer.
        committed: Whether it is done first.
    """

    location: str = "http://127.0.0.1:9{target}"
    status: Literal[301, 302, 303, 307, 308] = 307
    committed: bool = False


def before(play: Play) -> Answer | None:
    """Send it on at once."""
    return None if play.options.committed else _onward(play)


def after(play: Play, answer: Answer) -> Answer:
    """Send it on once it is done; a refusal stays one."""
    return _onward(play) if play.options.committed and answer.status < 300 else answer


def _onward(play: Play) -> Answer:
    location = play.options.location.replace("{target}", play.turn.incoming.target)
    location = location.replace("{made}", _made(play))
    return Answer(status=play.options.status, headers=(("Location", location),))


def _made(play: Play) -> str:
    """The address of what was made; of what was asked for, where nothing was."""
    decision, asked = play.turn.decision, play.turn.asked
    path = ""
    if isinstance(decision, Shown) and decision.rows and asked and asked.practice.kind:
        path = item_path(asked.practice.kind, decision.rows[0].path)
    return asked.base + path if asked and path else play.turn.incoming.target

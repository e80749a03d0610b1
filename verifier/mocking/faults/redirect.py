"""The client is sent to another address, and nothing is done.

Imitates a move to another host, or a captive network. A client that follows must not take its
credential to another origin, and keeps method and body on 307 and 308 only (RFC 9110, 15.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from verifier.mocking.fault import Play
from verifier.wire import Answer

__all__ = ["Options", "before"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    Where to.

    Args:
        location: The address; ``{target}`` is the path and query that were asked for.
        status: Of the answer.
    """

    location: str = "http://127.0.0.1:9{target}"
    status: Literal[301, 302, 303, 307, 308] = 307


def before(play: Play) -> Answer:
    """Send it on."""
    location = play.options.location.replace("{target}", play.turn.incoming.target)
    return Answer(status=play.options.status, headers=(("Location", location),))

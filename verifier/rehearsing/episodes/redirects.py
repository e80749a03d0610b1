"""
The vendor sends the program to another address: for once, for good, to see, and in a circle.

307 and 308 ask for the same request again; 301 and 302 turn most clients' POST into a GET, whose
answer is about something else; 303 leads to what was made (RFC 9110, 15.4). Another host is a
stranger: what it is told is told to the world.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["redirects"]

EVERY = ("records-accounted", "alert-raised")


@episode("method-kept", "key-stays-home", "redirects-end", "records-accounted", "alert-raised")
def redirects(known: Known, theatre: Theatre) -> Iterator[Take]:
    """Once each at the operation that matters most."""
    if not known.target:
        return
    first = next(e for e in known.calm.entries if known.target in (e.operation_id, e.operation))
    for status in (307, 308):
        # The same address, with something by which it is told from the one that was asked for.
        mark = f"{'&' if '?' in first.target else '?'}moved={status}"
        told = {"status": status, "location": "{target}" + mark}
        yield _sent_on(
            known, str(status), told, facts={"mark": mark}, shows=(*EVERY, "method-kept")
        )
    for status in (301, 302):
        yield _sent_on(known, str(status), {"status": status, "location": "{target}"}, shows=EVERY)
    if known.writes:
        made = {"status": 303, "location": "{made}", "committed": True}
        yield _sent_on(known, "303", made, shows=EVERY)
    elsewhere = {"location": "{elsewhere}{target}"}
    home = (*EVERY, "key-stays-home")
    yield _sent_on(known, "another host", elsewhere, stranger=True, shows=home)
    circle = {"location": "{target}"}
    yield _sent_on(known, "in a circle", circle, times=0, shows=(*EVERY, "redirects-end"))


def _sent_on(
    known: Known, name: str, told: Mapping[str, object], *, times: int = 1, **more: Any
) -> Take:
    script = {"operation": known.target, "fault": "redirect", "with": told, "times": times}
    return Take(name=name, scripts=((script,), ()), **more)

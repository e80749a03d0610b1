"""
The answer is garbled: broken JSON, cut off, empty, a web page with status 200.

None of it is a success to be believed, and none of it a reason to fall over and over.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["garble"]

WAYS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("web page", "html-page", {"status": 200}),
    ("broken JSON", "malformed-json", {}),
    ("cut off", "truncated-body", {}),
    ("empty", "empty-body", {}),
    ("wrong type", "wrong-content-type", {}),
)


@episode("garbage-noticed", "attempts-bounded", "effects-exact")
def garble(known: Known, theatre: Theatre) -> Iterator[Take]:
    """Once each at the operation that matters most, and a second run in peace."""
    if not known.target:
        return
    for name, fault, told in WAYS:
        script = {"operation": known.target, "fault": fault, "with": told}
        yield Take(name=name, scripts=((script,), ()))

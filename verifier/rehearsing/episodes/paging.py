"""
Things come and go while the program pages; a page in the middle is empty; the next link goes round.

Whoever counts rows loses one or sees one twice; whoever stops at an empty page loses all the rest;
whoever follows every link never ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["paging"]


@episode(
    "pages-complete",
    "loop-guarded",
    otherwise="it reads no list of which the vendor gives more than one page",
)
def paging(known: Known, theatre: Theatre) -> Iterator[Take]:
    """At the first list that takes more than one page."""
    for operation in known.paged[:1]:
        for name, fault, told in (
            ("removed", "moving-pages", {"act": "remove"}),
            ("inserted", "moving-pages", {"act": "create"}),
            ("empty page", "empty-page", {}),
        ):
            script = {"operation": operation, "fault": fault, "with": told, "after": 1}
            yield Take(name=name, scripts=((script,),))
        yield Take(name="goes round", misbehave=("page-loops",), facts={"loops": True})

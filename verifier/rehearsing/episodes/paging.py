"""
Things come and go while the program pages; a page is empty, oddly named, or leads to itself.

Whoever counts rows loses one or sees one twice; whoever stops at an empty page loses all the rest;
whoever follows every link never ends, or takes its credential to another host.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mocking import NEXT_MARK
from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["paging"]

LINKS = frozenset(("next", "next_url", "nexturl", "next_page_url", "next_page_uri", "nextlink"))


@episode(
    "pages-complete",
    "loop-guarded",
    "next-verbatim",
    "key-stays-home",
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
            yield Take(name=name, scripts=((script,),), shows=("pages-complete",))
        yield Take(name="goes round", misbehave=("page-loops",), shows=("loop-guarded",))
        yield from _named(theatre, operation)


def _named(theatre: Theatre, operation: str) -> Iterator[Take]:
    """Where the answers say how to go on: by a token, or by a link."""
    script = {"operation": operation, "fault": "next-link"}
    token, link = _tells(theatre, operation)
    if token or link:
        marked = {**script, "with": {"by": "mark"}}
        yield Take(
            name="odd link",
            scripts=((marked,),),
            shows=("pages-complete", "next-verbatim"),
            facts={"mark": NEXT_MARK},
        )
    if link:
        led = {**script, "with": {"by": "host", "origin": "{elsewhere}"}}
        shows = ("key-stays-home",)
        yield Take(name="link to another host", scripts=((led,), ()), stranger=True, shows=shows)


def _tells(theatre: Theatre, operation: str) -> tuple[bool, bool]:
    """Whether a list's answers hold a token that leads on, and whether they hold a link."""
    contract = theatre.contract
    (key,) = (o.key for o in contract.operations if operation in (o.id, o.key))
    mine = [c for c in contract.conventions_of("pagination") if key in c.operations]
    nexts = [str(c.detail.get("next", "")).rpartition("/")[2].lower() for c in mine]
    link = any(c.style == "link-header" for c in mine) or bool(LINKS & set(nexts))
    return any(c.style == "cursor" for c in mine), link

"""
The next page is asked for as the vendor named it.

Why it matters: a link that is built anew, or a cursor that is put into an address as it is, works
until the vendor changes a sign in it; then the program reads the first page again, or none.
How it is seen: the next page is named with signs that an address must escape, or with a parameter
of the link's own; they come back unchanged.
Limits: only where the answers say how to go on; a list that is cut by numbers alone names nothing.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["next_verbatim"]


@judged(severity=Severity.MAJOR, source="RFC 8288, 3.3; RFC 3986, 2.1")
def next_verbatim(seen: Performance) -> Word:
    """Look for the mark in what followed."""
    marked, mark = seen.faulty[0], str(seen.take.facts["mark"])
    after = [e for e in seen.entries if e.serial > marked.serial and e.path == marked.path]
    if not after:
        return idle("it asked for no other page")
    again = after[0]
    values = [value for _, value in parse_qsl(urlsplit(again.target).query)]
    if any(value.endswith(mark) for value in values):
        return held("It asked for the next page as it was named.", (marked, again))
    says = f"The next page was named with '{mark}' at its end, and it asked for {again.target}."
    return broken(says, "What the vendor gives is sent back as it is, escaped.", (marked, again))

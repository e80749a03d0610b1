"""Scenarios that nobody wrote: drafted from what the document tells, or from a recording."""

from verifier.scenarios.drafting.archive import Entry, entries_of
from verifier.scenarios.drafting.plots import LeftOut, Plot, Repertoire, kebab
from verifier.scenarios.drafting.recordings import recorded
from verifier.scenarios.drafting.usual import drafted
from verifier.scenarios.drafting.writing import written

__all__ = [
    "Entry",
    "LeftOut",
    "Plot",
    "Repertoire",
    "drafted",
    "entries_of",
    "kebab",
    "recorded",
    "written",
]

"""Arazzo workflows in, flows of steps out; flaws are told with their place before."""

from verifier.scenarios.binding import Library, Script, bind
from verifier.scenarios.description import Description, Source
from verifier.scenarios.flaws import Flaw, Grade, refuse
from verifier.scenarios.flows import Casting, checks_of, roots
from verifier.scenarios.reading import Written, read

__all__ = [
    "Casting",
    "Description",
    "Flaw",
    "Grade",
    "Library",
    "Script",
    "Source",
    "Written",
    "bind",
    "checks_of",
    "read",
    "refuse",
    "roots",
]

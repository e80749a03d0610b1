"""An integration in, a profile out: misbehaviour is played to it, and what it does is judged."""

from verifier.rehearsing.in_process import holds, judge
from verifier.rehearsing.reading import integration_schema, read_integration
from verifier.rehearsing.recorded import folder_for, report
from verifier.rehearsing.rehearsal import Rehearsal, rehearse
from verifier.rehearsing.repertoire import episodes

__all__ = [
    "Rehearsal",
    "episodes",
    "folder_for",
    "holds",
    "integration_schema",
    "judge",
    "read_integration",
    "rehearse",
    "report",
]

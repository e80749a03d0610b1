"""Programs that are not trusted to end: each within bounds, none left behind."""

from verifier.rehearsing.contained.lines import Lines
from verifier.rehearsing.contained.process import Bounds, Ending, Process

__all__ = ["Bounds", "Ending", "Lines", "Process"]

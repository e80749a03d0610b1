"""Many vendors in one go: a process each, here or on other machines; one's failure is its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier.late import late

if TYPE_CHECKING:
    from verifier.fleet.joining import joined
    from verifier.fleet.machines import Machines
    from verifier.fleet.parties import Ended, evaluate_all, exit_code
    from verifier.fleet.processes import Processes

__all__ = ["Ended", "Machines", "Processes", "evaluate_all", "exit_code", "joined"]

__getattr__ = late(__name__)

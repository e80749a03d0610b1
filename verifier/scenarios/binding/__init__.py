"""Descriptions bound to what they describe, and checked before anything is sent."""

from verifier.scenarios.binding.binding import Library, bind
from verifier.scenarios.binding.cycles import needs
from verifier.scenarios.binding.script import Call, Script, Visit, script_of

__all__ = ["Call", "Library", "Script", "Visit", "bind", "needs", "script_of"]

"""A contract in, a vendor out that behaves, or misbehaves on purpose."""

from verifier.mocking.clock import LeapingClock, MovableClock
from verifier.mocking.doors.asgi import asgi
from verifier.mocking.doors.listening import running, serve_mock
from verifier.mocking.fault import Fault
from verifier.mocking.hooks import known
from verifier.mocking.ledger import Effect, Entry, Ledger
from verifier.mocking.mock import Mock
from verifier.mocking.names import profile_names
from verifier.mocking.paging import NEXT_MARK
from verifier.mocking.repertoire import find_fault, known_faults
from verifier.mocking.script import Script, check_script
from verifier.mocking.vendor import MockVendor

__all__ = [
    "NEXT_MARK",
    "Effect",
    "Entry",
    "Fault",
    "LeapingClock",
    "Ledger",
    "Mock",
    "MockVendor",
    "MovableClock",
    "Script",
    "asgi",
    "check_script",
    "find_fault",
    "known",
    "known_faults",
    "profile_names",
    "running",
    "serve_mock",
]

"""Who may ask how often, and how they are told."""

from verifier.mocking.limits.meter import Meter
from verifier.mocking.limits.reading import Reading
from verifier.mocking.limits.telling import Telling, known

__all__ = ["Meter", "Reading", "Telling", "known"]

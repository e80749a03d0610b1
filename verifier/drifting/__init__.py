"""What live answers show beyond the document and beyond what earlier answers showed."""

from verifier.drifting.learning import Learned, learn
from verifier.drifting.observing import observe

__all__ = ["Learned", "learn", "observe"]

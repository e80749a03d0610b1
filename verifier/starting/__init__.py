"""The first minutes: a workspace for a vendor, and whether everything is there."""

from verifier.starting.doctor import Symptom, examine
from verifier.starting.workspace import Wish, begin

__all__ = ["Symptom", "Wish", "begin", "examine"]

"""The first minutes: a workspace for a vendor, and whether everything is there."""

from verifier.starting.doctor import Symptom, examine
from verifier.starting.jobs import JOBS
from verifier.starting.workspace import KINDS, Wish, begin, fitted, opened

__all__ = ["JOBS", "KINDS", "Symptom", "Wish", "begin", "examine", "fitted", "opened"]

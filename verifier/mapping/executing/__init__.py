"""The contract carried out as it stands: the reference that others are held against."""

from verifier.mapping.executing.executor import Executor
from verifier.mapping.executing.matching import Decision, Matcher
from verifier.mapping.executing.outcome import Entry, Execution, Failure, Outcome

__all__ = ["Decision", "Entry", "Execution", "Executor", "Failure", "Matcher", "Outcome"]

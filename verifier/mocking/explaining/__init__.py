"""What a mock will do for each operation, and why: before anything was asked."""

from verifier.mocking.explaining.explanation import Explanation, explain

__all__ = ["Explanation", "explain"]

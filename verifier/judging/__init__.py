"""Outcomes in, a verdict out."""

from verifier.judging.method import method, methodology
from verifier.judging.verdicts import judge

__all__ = ["judge", "method", "methodology"]

"""Outcomes in, a verdict out; and whether a build may pass."""

from verifier.judging.claiming import stated
from verifier.judging.gating import baseline_of, gate, repeated
from verifier.judging.method import method, methodology
from verifier.judging.verdicts import judge
from verifier.judging.waiving import waive

__all__ = ["baseline_of", "gate", "judge", "method", "methodology", "repeated", "stated", "waive"]

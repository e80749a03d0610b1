"""Schemas in, values out: plain ones, and changes to the edge or beyond it; deterministic."""

from verifier.sampling.changes import GONE, Change, by_turns
from verifier.sampling.disagreement import disagreement, forget
from verifier.sampling.sampler import Sampler, Unsatisfiable, sampler

__all__ = [
    "GONE",
    "Change",
    "Sampler",
    "Unsatisfiable",
    "by_turns",
    "disagreement",
    "forget",
    "sampler",
]

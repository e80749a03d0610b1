"""Where records come from, in the order in which they are asked about."""

from verifier.mapping.testing.phases.drawn import drawn
from verifier.mapping.testing.phases.pairwise import pairwise
from verifier.mapping.testing.phases.samples import read_samples, samples
from verifier.mapping.testing.phases.sweep import sweep

__all__ = ["drawn", "pairwise", "read_samples", "samples", "sweep"]

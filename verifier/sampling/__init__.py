"""Schemas in, values out: typical, at the edge, and broken in one way; deterministic."""

from verifier.sampling.sampler import Sampler, Unsatisfiable, sampler

__all__ = ["Sampler", "Unsatisfiable", "sampler"]

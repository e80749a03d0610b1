"""Schemas in, values out: typical, boundary, and broken in one way; compiled, deterministic."""

from verifier.sampling.sampler import Sampler, Unsatisfiable, sampler

__all__ = ["Sampler", "Unsatisfiable", "sampler"]

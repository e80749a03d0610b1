"""Bound workflows as flows of steps, and as checks that the driver carries out."""

from verifier.scenarios.flows.checks import Casting, checks_of, roots

__all__ = ["Casting", "checks_of", "roots"]

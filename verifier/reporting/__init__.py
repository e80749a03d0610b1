"""A run and its verdict in, documents out."""

from verifier.reporting.proofs import removal
from verifier.reporting.rendering import FORMATS, render, require, results_schema

__all__ = ["FORMATS", "removal", "render", "require", "results_schema"]

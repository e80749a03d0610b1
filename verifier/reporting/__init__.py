"""A run and its verdict in, documents out."""

from verifier.reporting.rendering import FORMATS, render, results_schema

__all__ = ["FORMATS", "render", "results_schema"]

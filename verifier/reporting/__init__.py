"""A run and its verdict in, documents out."""

from verifier.reporting.gate import gate_text, render_gate
from verifier.reporting.letter import letter
from verifier.reporting.proofs import removal
from verifier.reporting.rendering import FORMATS, render, require, results_schema

__all__ = [
    "FORMATS",
    "gate_text",
    "letter",
    "removal",
    "render",
    "render_gate",
    "require",
    "results_schema",
]

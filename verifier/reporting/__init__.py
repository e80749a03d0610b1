"""A run and its verdict in, documents out."""

from verifier.reporting.gate import gate_text, render_gate
from verifier.reporting.leftovers import perhaps
from verifier.reporting.letter import letter
from verifier.reporting.overview import compare_page, compare_text, portfolio_page
from verifier.reporting.proofs import removal
from verifier.reporting.records import record_of
from verifier.reporting.rendering import FORMATS, render, require, results_schema

__all__ = [
    "FORMATS",
    "compare_page",
    "compare_text",
    "gate_text",
    "letter",
    "perhaps",
    "portfolio_page",
    "record_of",
    "removal",
    "render",
    "render_gate",
    "require",
    "results_schema",
]

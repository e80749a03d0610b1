"""Outcomes in, a verdict out."""

"""Schemas in, values out: typical, boundary, and broken in one way; compiled, deterministic."""

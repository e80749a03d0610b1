"""Proofs that every misbehaviour shows from outside, and that nothing shows without it."""

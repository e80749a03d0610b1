"""Vendor x Checks x Budget in, a Plan out."""

from verifier.planning.planner import plan

__all__ = ["plan"]

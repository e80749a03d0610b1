"""What a vendor keeps: kinds of things, and where they stand in answers and bodies."""

from verifier.mocking.kinds.called import call_layout
from verifier.mocking.kinds.kind import Kind
from verifier.mocking.kinds.layout import Layout, answer_layout, body_layout
from verifier.mocking.kinds.survey import Kinds

__all__ = ["Kind", "Kinds", "Layout", "answer_layout", "body_layout", "call_layout"]

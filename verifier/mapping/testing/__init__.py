"""An implementation of a mapping, held against its contract."""

from verifier.mapping.testing.asking import Answer, Ask, Door, How
from verifier.mapping.testing.examination import Options
from verifier.mapping.testing.report import EdgeState, Example, Found, TestReport
from verifier.mapping.testing.verdict import examine

__all__ = [
    "Answer",
    "Ask",
    "Door",
    "EdgeState",
    "Example",
    "Found",
    "How",
    "Options",
    "TestReport",
    "examine",
]

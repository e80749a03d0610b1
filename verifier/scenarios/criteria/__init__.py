"""Criteria: conditions read strictly, and judged without input or output."""

from verifier.scenarios.criteria import paths, xml
from verifier.scenarios.criteria.comparing import equal
from verifier.scenarios.criteria.compiling import KINDS, VERSIONS, make_assertion
from verifier.scenarios.criteria.judged import Assertion, Judged
from verifier.scenarios.criteria.tokens import BadCondition

__all__ = [
    "KINDS",
    "VERSIONS",
    "Assertion",
    "BadCondition",
    "Judged",
    "equal",
    "make_assertion",
    "paths",
    "xml",
]

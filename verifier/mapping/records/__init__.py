"""Made-up records of the source."""

from verifier.mapping.records.baseline import Derivation, baseline
from verifier.mapping.records.plain import plain_value, written

__all__ = [
    "Derivation",
    "baseline",
    "plain_value",
    "written",
]

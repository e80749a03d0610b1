"""Made-up records of the source."""

from verifier.mapping.records.baseline import Derivation, baseline
from verifier.mapping.records.placing import ABSENT, copied, placed, placed_in, taken, without
from verifier.mapping.records.plain import plain_value, written

__all__ = [
    "ABSENT",
    "Derivation",
    "baseline",
    "copied",
    "placed",
    "placed_in",
    "plain_value",
    "taken",
    "without",
    "written",
]

"""The method by which verdicts are made, as data: versioned, and printed on request."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from verifier.model import Severity

__all__ = ["Ceiling", "Method", "method"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """
    A rule that holds the grade.

    Args:
        share: Whether it holds only beyond the allowed share of contradicting operations.
    """

    letter: str
    checks: tuple[str, ...]
    because: str
    share: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """Weights by severity, bands from the best down, and ceilings."""

    version: str
    evidence_needed: float
    behaviour_share: float
    contradictions_allowed: float
    weights: Mapping[Severity, int]
    bands: tuple[tuple[str, float], ...]
    ceilings: tuple[Ceiling, ...]

    def letter(self, score: float) -> str:
        """The letter of a score from 0 to 100."""
        return next((letter for letter, lowest in self.bands if score >= lowest), "F")


@cache
def method() -> Method:
    """The method of this version."""
    data = tomllib.loads(files(__package__).joinpath("method.toml").read_text("utf-8"))
    return Method(
        version=data["version"],
        evidence_needed=data["evidence_needed"],
        behaviour_share=data["behaviour_share"],
        contradictions_allowed=data["contradictions_allowed"],
        weights={Severity[name.upper()]: weight for name, weight in data["weights"].items()},
        bands=tuple((band["letter"], float(band["from"])) for band in data["bands"]),
        ceilings=tuple(
            Ceiling(
                letter=cap["letter"],
                checks=tuple(cap["checks"]),
                because=cap["because"],
                share=cap.get("share", False),
            )
            for cap in data["caps"]
        ),
    )

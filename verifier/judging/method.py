"""The method by which grades are made, as data: versioned, and printed on request."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

from msgspec import Struct

from verifier.catalogue import Catalogue, catalogue
from verifier.model import Finding, Severity, Status

__all__ = ["PACKAGE", "Ceiling", "Method", "method", "methodology"]

PACKAGE = "verifier.judging"


class Ceiling(Struct, frozen=True, kw_only=True):
    """
    A rule that holds the grade.

    Args:
        checks: Ids; one that does not exist yet holds nothing.
        because: Name of the text that explains it.
        signatures: Patterns of the kinds of failure that count; empty takes all.
        share: Whether it holds only beyond the allowed share of contradicting answers.
    """

    letter: str
    checks: tuple[str, ...]
    because: str
    signatures: tuple[str, ...] = ()
    share: bool = False

    def concerns(self, finding: Finding) -> bool:
        """Whether a failure is of a kind that counts."""
        patterns = self.signatures
        return not patterns or any(fnmatchcase(finding.signature, p) for p in patterns)


class Method(Struct, frozen=True, kw_only=True):
    """Weights by severity, worth by status, bands from the best down, and ceilings."""

    version: str
    evidence_needed: float
    contradictions_allowed: float
    weights: Mapping[Severity, int]
    worth: Mapping[Status, float]
    bands: tuple[tuple[str, float], ...]
    ceilings: tuple[Ceiling, ...]

    def letter(self, score: float) -> str:
        """The letter of a score from 0 to 100."""
        return next((letter for letter, lowest in self.bands if score >= lowest), "F")


@cache
def method() -> Method:
    """The method of this version."""
    data = tomllib.loads(files(PACKAGE).joinpath("method.toml").read_text("utf-8"))
    return Method(
        version=data["version"],
        evidence_needed=data["evidence_needed"],
        contradictions_allowed=data["contradictions_allowed"],
        weights={Severity[name.upper()]: weight for name, weight in data["weights"].items()},
        worth={Status(name): worth for name, worth in data["worth"].items()},
        bands=tuple((band["letter"], float(band["from"])) for band in data["bands"]),
        ceilings=tuple(
            Ceiling(
                letter=cap["letter"],
                checks=tuple(cap["checks"]),
                because=cap["because"],
                signatures=tuple(cap.get("signatures", ())),
                share=cap.get("share", False),
            )
            for cap in data["caps"]
        ),
    )


def methodology(known: Collection[str], language: str = "en") -> str:
    """
    The method in words.

    Args:
        known: Ids of the checks that exist; a cap that rests on others is named as not tested yet.
    """
    rules, say = method(), catalogue(PACKAGE, language)
    return "\n".join(
        [*_basis(rules, say), "", *_ceilings(rules, say, known), "", say("method.waivers")]
    )


def _basis(rules: Method, say: Catalogue) -> Iterator[str]:
    yield say("method.title", version=rules.version)
    yield ""
    yield say("method.apart")
    yield say("method.evidence", share=say.percent(rules.evidence_needed))
    yield ""
    yield say("method.weights")
    for severity, weight in rules.weights.items():
        yield say("method.weight", severity=severity.name.lower(), weight=weight)
    yield say("method.worth")
    yield ""
    yield say("method.bands")
    for letter, least in rules.bands:
        yield say("method.band", letter=letter, least=f"{least:g}")
    yield say("method.plus")


def _ceilings(rules: Method, say: Catalogue, known: Collection[str]) -> Iterator[str]:
    allowed = say.percent(rules.contradictions_allowed)
    yield say("method.caps")
    for cap in rules.ceilings:
        because = say(f"cap.{cap.because}", where="", share=allowed)
        share = f" {say('method.share', share=allowed)}" if cap.share else ""
        yield say("method.cap", letter=cap.letter, because=because) + share
        named = (id if id in known else f"{id} {say('method.untested')}" for id in cap.checks)
        yield say("method.cap-checks", checks=", ".join(named))

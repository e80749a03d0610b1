"""A contract held against its two documents."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from verifier.mapping.analysis import rules
from verifier.mapping.analysis.coverage import Effort, effort_of
from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.rule import AnalysisRule
from verifier.mapping.analysis.scene import Scene
from verifier.mapping.opening import OpenMapping
from verifier.walk import modules

__all__ = ["Analysis", "analyse", "analysis_rules"]

OPEN = ("missing-undecided",)


class Analysis(Struct, frozen=True, kw_only=True):
    """What was found, the heaviest first, and the facts of the contract."""

    findings: tuple[Finding, ...]
    effort: Effort

    def of(self, weight: Weight) -> tuple[Finding, ...]:
        """The findings of one weight."""
        return tuple(finding for finding in self.findings if finding.weight is weight)


def analysis_rules() -> Iterator[tuple[str, AnalysisRule]]:
    """Every rule with its code."""
    for module in modules(rules):
        yield module.__name__.rpartition(".")[2].replace("_", "-"), module.RULE


def analyse(mapping: OpenMapping) -> Analysis:
    """Hold a contract against its two documents; never raises for what is wrong with it."""
    scene = Scene(mapping)
    found = [
        replace(finding, code=code, weight=max(finding.weight, rule.weight))
        for code, rule in analysis_rules()
        for finding in rule.look(scene)
    ]
    found.sort(key=lambda f: (-f.weight, f.at.line, f.code, f.path))
    undecided = sum(finding.code in OPEN for finding in found)
    return Analysis(findings=tuple(found), effort=effort_of(scene, undecided))

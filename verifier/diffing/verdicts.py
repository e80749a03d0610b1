"""From a rule and a side to severities: derived, then as each profile and policy sees it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct, field

from verifier.diffing.rule import AUDIENCES, Departure, Rule, derive
from verifier.errors import UsageError
from verifier.model import Impact, Side

__all__ = ["Judge", "Policy", "Verdict", "policies", "profiles"]


class Policy(Struct, frozen=True, kw_only=True):
    """
    What somebody calls breaking: a profile (who must survive), or a vendor's published word.

    Args:
        name: The file's name.
        says: In one sentence.
        source: Where a vendor says so, and when it was read; empty for a profile.
        rules: Rule (``*`` allowed) and side (``*`` for any) to severity and reason.
    """

    name: str
    says: str
    source: str = ""
    rules: Mapping[tuple[str, str], Departure] = field(default_factory=dict)

    def find(self, rule: str, side: Side) -> Departure | None:
        """What it says of a rule; the last line that fits counts."""
        found = None
        for (pattern, wanted), departure in self.rules.items():
            if wanted in ("*", side.value) and fnmatchcase(rule, pattern):
                found = departure
        return found


class Verdict(Struct, frozen=True, kw_only=True):
    """How severe a difference is: for the profile asked for, for each profile, by the vendor."""

    severity: Impact
    reason: str
    profiles: Mapping[str, Impact]
    by_vendor: Impact | None


class Judge:
    """
    Judges differences for one profile and one vendor's policy.

    Raises:
        UsageError: There is no profile or policy of that name.
    """

    def __init__(self, profile: str = "wire", policy: str = "") -> None:
        self.profile = _named(profile, profiles(), "profile")
        self.policy = _named(policy, policies(), "policy") if policy else None
        self._known: dict[tuple[str, Side, bool], Verdict] = {}

    def tells(self, audience: str) -> bool:
        """Whether the profile cares for what only concerns this audience."""
        return AUDIENCES.index(audience) <= AUDIENCES.index(self.profile.name)

    def judge(self, name: str, rule: Rule, side: Side, *, negated: bool = False) -> Verdict:
        """The verdict on one kind of difference; ``name`` is the rule's full one."""
        key = (name, side, negated)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._judge(name, rule, side, negated)
        return found

    def _judge(self, name: str, rule: Rule, side: Side, negated: bool) -> Verdict:
        found = derive(rule, side, negated=negated)
        told = AUDIENCES[AUDIENCES.index(rule.audience) :]
        verdicts: dict[str, Departure] = {}
        for audience in AUDIENCES:
            found = profiles()[audience].find(name, side) or found
            if audience in told:
                verdicts[audience] = found
        mine = verdicts.get(self.profile.name, found)
        said = self.policy.find(name, side) if self.policy else None
        return Verdict(
            severity=mine.impact,
            reason=mine.reason,
            profiles={audience: verdict.impact for audience, verdict in verdicts.items()},
            by_vendor=said.impact if said else None,
        )


@cache
def profiles() -> Mapping[str, Policy]:
    """Who must survive, the least demanding first; each holds what the one before it holds."""
    return {name: _read("profiles", name) for name in AUDIENCES}


@cache
def policies() -> Mapping[str, Policy]:
    """Vendors' own words on what they call compatible."""
    folder = files("verifier.diffing").joinpath("policies")
    found = folder.iterdir() if folder.is_dir() else ()
    names = sorted(path.name for path in found if path.name.endswith(".toml"))
    return {name[:-5]: _read("policies", name[:-5]) for name in names}


def _named(name: str, known: Mapping[str, Policy], kind: str) -> Policy:
    if name in known:
        return known[name]
    raise UsageError(f"there is no {kind} '{name}'", mend=f"Known: {', '.join(known)}.")


def _read(folder: str, name: str) -> Policy:
    path = files("verifier.diffing").joinpath(folder, f"{name}.toml")
    data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    return Policy(
        name=name,
        says=data["says"],
        source=data.get("source", ""),
        rules={
            (pattern, line.get("side", "*")): Departure(Impact(line["severity"]), line["reason"])
            for line in data.get("rules", ())
            for pattern in line["on"]
        },
    )

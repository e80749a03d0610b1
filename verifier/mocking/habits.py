"""
What a vendor does by habit: how it takes keys, what it limits, how it tells.

Put together once, the later overruling the earlier: what the document shows, what is known of a
vendor of this title, what somebody wrote into mock.yaml, and what a misbehaviour makes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from verifier.errors import UsageError
from verifier.mocking import presets
from verifier.model import Contract, HookDialect, KeyDialect, LimitRule, MockProfile, Operation

__all__ = ["Habits", "habits_of"]


class Habits(Struct, frozen=True, kw_only=True):
    """
    What a vendor does by habit.

    Args:
        like: The well-known vendor whose habits these are; empty where it is none.
        keys: How it takes idempotency keys; None where it takes none.
        keyed: Operations that take one; None goes by the dialect's methods.
        limits: What is counted; empty where nothing is.
        limit_dialects: In which limits are told, beside what the document describes.
        limited_status: Status of what is over a limit.
        hooks: How it tells of events.
        ids: Kind of thing to what its ids begin with, where the document does not show it.
        relative_pages: Members of a list's answer that lead to further pages by a path without a
            host, whatever the document says: the vendor's own clients count on it.
        why: Habit to what it rests on, in words.
    """

    like: str = ""
    keys: KeyDialect | None = None
    keyed: frozenset[str] | None = None
    limits: tuple[LimitRule, ...] = ()
    limit_dialects: tuple[str, ...] = ()
    limited_status: int = 429
    hooks: HookDialect = field(default_factory=HookDialect)
    ids: Mapping[str, str] = field(default_factory=dict)
    relative_pages: frozenset[str] = frozenset()
    why: Mapping[str, str] = field(default_factory=dict)

    def takes_key(self, operation: Operation) -> bool:
        """Whether an operation takes an idempotency key."""
        if self.keys is None:
            return False
        if self.keyed is not None:
            return operation.key in self.keyed
        return operation.method in self.keys.methods


def habits_of(contract: Contract, profile: MockProfile) -> Habits:
    """
    The habits of a contract's vendor.

    Raises:
        UsageError: The profile names a vendor that is not known.
    """
    like, because = _likeness(contract, profile)
    says: Mapping[str, Any] = presets.known().get(like, {})
    keys, keyed, why = _keys(contract, profile, says.get("idempotency", {}), because)
    limits, limits_why = _limits(contract, profile, says.get("limits", {}))
    return Habits(
        like=like,
        keys=keys,
        keyed=keyed,
        limits=limits,
        limit_dialects=profile.limit_headers or tuple(says.get("limits", {}).get("headers", ())),
        limited_status=profile.limited_status or says.get("limits", {}).get("status", 429),
        hooks=replace(HookDialect(), **_fields({**says.get("webhooks", {}), **profile.webhooks})),
        relative_pages=frozenset(says.get("pages", {}).get("relative", ())),
        ids=says.get("ids", {}),
        why={"like": because, "keys": why, "limits": limits_why},
    )


def _likeness(contract: Contract, profile: MockProfile) -> tuple[str, str]:
    if not profile.like:
        return presets.recognised(contract)
    if profile.like not in presets.known():
        raise UsageError(
            f"no vendor '{profile.like}' is known",
            mend=f"Known: {', '.join(presets.known())}.",
        )
    return profile.like, "the mock's profile says so"


def _keys(
    contract: Contract, profile: MockProfile, preset: Mapping[str, Any], because: str
) -> tuple[KeyDialect | None, frozenset[str] | None, str]:
    convention = contract.convention("idempotency")
    shown: dict[str, Any] = {}
    if convention is not None:
        detail = convention.detail
        shown = {"carrier": convention.style, "name": str(detail.get("name"))}
        shown |= {"longest": detail["longest"]} if detail.get("longest") else {}
    if not (shown or preset or profile.idempotency):
        return None, None, "no key is documented"
    said = {**preset, **shown, **profile.idempotency}
    keyed = frozenset(convention.operations) if convention and convention.operations else None
    why = (profile.idempotency and "the mock's profile") or because
    why = why or (convention.reason if convention else "")
    return replace(KeyDialect(), **_fields(said)), keyed, why


def _fields(said: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in said.items()}


def _limits(
    contract: Contract, profile: MockProfile, preset: Mapping[str, Any]
) -> tuple[tuple[LimitRule, ...], str]:
    if profile.limits:
        return profile.limits, "the mock's profile"
    if profile.known_limits and preset.get("rules"):
        rules = tuple(replace(LimitRule(), **_fields(rule)) for rule in preset["rules"])
        return rules, f"what is known of {profile.like or contract.title}"
    convention = contract.convention("limits")
    stated = _stated(convention.detail.get("rules", ())) if convention else ()
    if convention is not None and (convention.detail.get("headers") or stated):
        # The document names the headers and no number: they are told truly, of a number so large
        # that an ordinary run does not meet it.
        whole = any(not rule.operations for rule in stated)
        return (*(() if whole else (LimitRule(),)), *stated), convention.reason
    return (), "no limit is stated"


def _stated(rules: Iterable[Mapping[str, Any]]) -> tuple[LimitRule, ...]:
    """The limits that the document states in numbers."""
    return tuple(
        LimitRule(
            name=str(rule["name"]),
            quota=int(rule["quota"]),
            window_seconds=float(rule["window_seconds"]),
            operations=tuple(rule["operations"]),
        )
        for rule in rules
    )

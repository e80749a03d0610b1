"""
What a vendor does by habit: how it takes keys, what it limits, how it tells.

Put together once, the later overruling the earlier: what the document shows, what is known of a
vendor of this title, what somebody wrote into mock.yaml, and what a misbehaviour makes of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from verifier.errors import UsageError
from verifier.mocking import presets
from verifier.model import Contract, KeyDialect, MockProfile, Operation

__all__ = ["Habits", "habits_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """
    What a vendor does by habit.

    Args:
        like: The well-known vendor whose habits these are; empty where it is none.
        keys: How it takes idempotency keys; None where it takes none.
        keyed: Operations that take one; None goes by the dialect's methods.
        why: Habit to what it rests on, in words.
    """

    like: str = ""
    keys: KeyDialect | None = None
    keyed: frozenset[str] | None = None
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
    return Habits(like=like, keys=keys, keyed=keyed, why={"like": because, "keys": why})


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
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in said.items()}
    keyed = frozenset(convention.operations) if convention and convention.operations else None
    why = (profile.idempotency and "the mock's profile") or because
    why = why or (convention.reason if convention else "")
    return replace(KeyDialect(), **fields), keyed, why

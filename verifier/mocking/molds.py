"""The form of new things of one kind: worked out once, then filled in for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mocking.bodies import Bodies
from verifier.mocking.english import words
from verifier.mocking.kinds.schemas import (
    choices,
    is_read_only,
    members_of,
    node_of,
    required,
    types,
)
from verifier.mocking.links import links_in
from verifier.mocking.stamps import is_stamp, stamp
from verifier.model import Resource, Schema
from verifier.validating import Direction, Validator, validator

__all__ = ["Mold"]

STATES = ("status", "state")
# Where things begin, the surest first: choices are often listed in the order of the alphabet.
BEGINNINGS = (
    "draft",
    "new",
    "created",
    "requires_payment_method",
    "queued",
    "incomplete",
    "pending",
    "open",
    "opened",
    "scheduled",
    "active",
    "enabled",
    "available",
)
SUREST = 0.7


class Mold:
    """
    Makes representations of new things: what was given, what the vendor sets, no inventions.

    Args:
        schema: Of one thing.
        given: The members that a creation may give.
        shown: One as the document shows it; None where it shows none.
    """

    def __init__(
        self,
        schema: Schema,
        resource: Resource,
        given: Mapping[str, Schema],
        bodies: Bodies,
        shown: Mapping[str, Any] | None = None,
    ) -> None:
        self.schema = schema
        self.known = members_of(schema)
        self.sealed = frozenset(n for n, member in self.known.items() if is_read_only(member))
        self.links = links_in(self.known)
        self._bodies = bodies
        self._judge: Validator = validator(schema, Direction.RESPONSE)
        self._names = {_plain_name(name): name for name in self.known}
        # What is spelled as it is told, and no other of the known is spelled alike.
        self._as_told = frozenset(n for n in self.known if self._names[_plain_name(n)] == n)
        self._stamps = [(n, m) for n, m in self.known.items() if is_stamp(n)]
        base = self._like(shown) if shown else bodies.base(schema)
        self.usable = isinstance(base, dict)
        self._base = self._plain(dict(base), resource, given) if isinstance(base, dict) else {}

    def fill(self, says: Mapping[str, Any], now: float) -> tuple[dict[str, Any], bool]:
        """
        A new thing, and whether its schema was seen to accept it.

        Args:
            says: What was given, and what the vendor sets; what the schema does not know, or does
                not allow, is left out.
            now: Seconds since the epoch.
        """
        if not self.usable:
            return dict(says), False
        whole = dict(self._base)
        for name, member in self._stamps:
            told = stamp(member, now) if name not in says else None
            if told is not None:
                whole[name] = told
        whole |= {k: v for k, v in says.items() if k in self.known} if self.known else says
        # What one request gave is no deeper than what was read of it.
        if self._judge.accepts_parsed(whole):
            return whole, True
        made = self._bodies.make(self.schema, whole)
        return made if isinstance(made, dict) else whole, False

    def renamed(self, says: Mapping[str, Any]) -> dict[str, Any]:
        """
        Members under the names that a thing tells them by: ``FriendlyName`` is ``friendly_name``.

        What it does not tell is left out.
        """
        if self._as_told.issuperset(says):
            return dict(says)
        told = {self._names.get(_plain_name(name), ""): value for name, value in says.items()}
        told |= {name: value for name, value in says.items() if name in self.known}
        told.pop("", None)
        return told

    def accepts(self, value: Any) -> bool:
        """Whether a value is a thing of this form."""
        return self._judge.accepts(value)

    def completed(self, name: str, value: Any, before: Any = None) -> Any:
        """
        A value of a member with what its schema asks for beside it; a text where an object stands
        is its ``value``, or what is called as the object is.
        """
        member = self.known.get(name)
        if member is None:
            return value
        if isinstance(value, str):
            inner = next((n for n in ("value", name) if n in member.members()), "")
            held = before if isinstance(before, Mapping) else {}
            return self._bodies.make(member, {**held, inner: value}) if inner else value
        return self._bodies.make(member, value) if isinstance(value, Mapping) else value

    def _like(self, shown: Mapping[str, Any]) -> Any:
        """What is shown, with as little more as its schema asks for."""
        if self._judge.accepts(shown):
            return dict(shown)
        made = self._bodies.make(self.schema, shown)
        for name in made if isinstance(made, dict) else ():
            if name not in shown:
                made = self._if(made, {k: v for k, v in made.items() if k != name})
        return made

    def _plain(
        self, base: dict[str, Any], resource: Resource, given: Mapping[str, Schema]
    ) -> dict[str, Any]:
        """The sampled value, as far from invention as the schema allows."""
        needed = required(self.schema)
        refers = {r.field.strip("/") for r in resource.references if r.confidence >= SUREST}
        for name, member in self.known.items():
            if name == resource.id_field or is_stamp(name):
                continue
            begins = _first_state(name, member)
            if begins is not None:
                base = self._with(base, name, begins)
            elif not is_read_only(member) or name in refers:
                ours = name in given or name in refers
                base = self._uninvented(base, name, member, ours=ours, needed=name in needed)
        return base

    def _uninvented(
        self, base: dict[str, Any], name: str, member: Schema, *, ours: bool, needed: bool
    ) -> dict[str, Any]:
        """What nobody gave is null where it may be, else absent where it was theirs to give."""
        judge = validator(member, Direction.RESPONSE)
        theirs = ours or "object" not in types(member)
        if theirs and not judge.broken and judge.accepts(None):
            return self._with(base, name, None)
        default = node_of(member).get("default")
        if default is not None:
            return self._with(base, name, default)
        if needed or not ours or name not in base:
            return base
        return self._if(base, {k: v for k, v in base.items() if k != name})

    def _with(self, base: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
        return self._if(base, {**base, name: value})

    def _if(self, base: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
        return other if self._judge.accepts(other) else base


def _plain_name(name: str) -> str:
    return "".join(words(name))


def _first_state(name: str, member: Schema) -> Any:
    """Where a new thing stands: at the default of its status, or at the first of its choices."""
    if name.lower() not in STATES:
        return None
    known = [choice for choice in choices(member) if choice is not None]
    begins = next((c for word in BEGINNINGS for c in known if str(c).lower() == word), None)
    first = begins if begins is not None else (known[0] if known else None)
    return node_of(member).get("default", first)

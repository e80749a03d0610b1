"""The reviewed table: which checks must speak about a misbehaviour, which may, and why."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from msgspec import Struct

from verifier import discovery, mocking
from verifier.errors import UsageError, nearest

__all__ = ["SOUND", "Reviewed", "reviewed", "rows_of"]

SOUND = "sound"
Why = Mapping[str, str]


class Reviewed(Struct, frozen=True, kw_only=True):
    """
    One row: of a misbehaviour, or of the sound mock, about which nobody may speak.

    Args:
        named: Ids of the checks that name the misbehaviour as theirs to catch.
        also: Ids of further checks that rightly speak, with the reason.
        sometimes: Ids of those that may speak or not, with the reason.
    """

    misbehaviour: str
    named: tuple[str, ...]
    also: Why
    sometimes: Why

    @property
    def must(self) -> frozenset[str]:
        """Who has to speak."""
        return frozenset((*self.named, *self.also))

    @property
    def may(self) -> frozenset[str]:
        """Who is allowed to."""
        return self.must | frozenset(self.sometimes)


def reviewed(misbehaviour: str) -> Reviewed:
    """The row of a misbehaviour, or of ``sound``."""
    table = _table()
    return Reviewed(
        misbehaviour=misbehaviour,
        named=tuple(c.id for c in discovery.checks().values() if misbehaviour in c.catches),
        also=table["also"].get(misbehaviour, {}),
        sometimes=table["sometimes"].get(misbehaviour, {}),
    )


def rows_of(names: Iterable[str] = ()) -> tuple[str, ...]:
    """
    The rows to prove, ``sound`` first.

    Args:
        names: Misbehaviours, ``sound``, or ids of checks, each of which stands for the sound mock
            and every misbehaviour that it names; none is all.

    Raises:
        UsageError: There is nothing of a name.
    """
    every = (SOUND, *sorted(mocking.known()))
    wanted = {row for name in names for row in _meant(name, every)}
    return tuple(row for row in every if not wanted or row in wanted)


def _meant(name: str, every: tuple[str, ...]) -> tuple[str, ...]:
    checks = discovery.checks()
    if name in every:
        return (name,)
    if name in checks:
        return (SOUND, *checks[name].catches)
    mend = nearest(name, [*every, *checks], "'verifier faults' and 'verifier checks' list them.")
    raise UsageError(f"there is no misbehaviour or check '{name}'", mend=mend)


@cache
def _table() -> Mapping[str, Mapping[str, Why]]:
    text = resources.files("verifier.proving").joinpath("matrix.toml").read_text("utf-8")
    return tomllib.loads(text)

"""Two records kept in step: what was changed on either side reaches the other, by owner."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from msgspec import Struct

from verifier.mapping.nouns import MappingContract, Owner, Rule
from verifier.mapping.sameness import same

__all__ = ["Overwritten", "Pairing", "Synced", "sync"]

NOTHING: Any = object()
Record = Mapping[str, Any]
Forward = Callable[[Record], Record | None]
Back = Callable[[Record | None, Record], Record | None]


class Overwritten(NamedTuple):
    """A value that gave way, since both sides had changed the field."""

    path: str
    lost: Any
    kept: Any
    owner: str


class Pairing(Struct, frozen=True, kw_only=True):
    """Two records that are one thing, as they were when they last agreed."""

    source: Record
    target: Record


class Synced(Struct, frozen=True, kw_only=True):
    """
    What came of it.

    Args:
        pairing: The two records now.
        overwritten: What gave way.
        withheld: Why nothing was done; empty where something was, or there was nothing to do.
    """

    pairing: Pairing
    overwritten: tuple[Overwritten, ...] = ()
    withheld: str = ""


def sync(
    contract: MappingContract,
    before: Pairing,
    source: Record,
    target: Record,
    *,
    forward: Forward,
    back: Back,
    newer: str = "source",
) -> Synced:
    """
    Bring what was changed on either side to the other.

    Args:
        before: The two as they last agreed.
        source, target: The two as they are now.
        forward, back: The mapping; None where it withholds the record.
        newer: ``source`` or ``target``: which was changed last.
    """
    was, now = forward(before.source), forward(source)
    if was is None or now is None:
        held = Pairing(source=source, target=target)
        return Synced(pairing=held, withheld="the source cannot be mapped")
    there: dict[str, Any] = {}
    here: dict[str, Any] = {}
    lost: list[Overwritten] = []
    for rule, _ in contract.rules():
        name = rule.target.names[0]
        mine = (was.get(name, NOTHING), now.get(name, NOTHING))
        theirs = (before.target.get(name, NOTHING), target.get(name, NOTHING))
        _field(rule, name, mine, theirs, newer, there, here, lost)
    changed = back(source, here) if here else source
    if changed is None:
        held = Pairing(source=source, target=target)
        return Synced(pairing=held, withheld="the target's change cannot be taken back")
    pairing = Pairing(source=changed, target={**target, **there})
    return Synced(pairing=pairing, overwritten=tuple(lost))


def _field(
    rule: Rule,
    name: str,
    mine: tuple[Any, Any],
    theirs: tuple[Any, Any],
    newer: str,
    there: dict[str, Any],
    here: dict[str, Any],
    lost: list[Overwritten],
) -> None:
    """Decide about one field: it goes there, or here, or nowhere."""
    moved, answered = not _same(*mine), not _same(*theirs)
    if _same(mine[1], theirs[1]) or not (moved or answered):
        return
    owner = _winner(rule, mine[1], theirs[1], newer) if moved and answered else ""
    if (moved and not answered) or owner == "source":
        if mine[1] is not NOTHING:
            there[name] = mine[1]
        gone, kept = theirs[1], mine[1]
    else:
        if theirs[1] is not NOTHING:
            here[name] = theirs[1]
        gone, kept = mine[1], theirs[1]
    if owner:
        lost.append(Overwritten(name, _plain(gone), _plain(kept), owner))


def _winner(rule: Rule, mine: Any, theirs: Any, newer: str) -> str:
    if rule.owner is Owner.NEWEST:
        return newer
    if rule.owner is Owner.MOST_RESTRICTIVE:
        return "target" if same(theirs, rule.restrictive) else "source"
    return "target" if rule.owner is Owner.TARGET else "source"


def _same(one: Any, other: Any) -> bool:
    if one is NOTHING or other is NOTHING:
        return one is other
    return same(one, other)


def _plain(value: Any) -> Any:
    return None if value is NOTHING else value

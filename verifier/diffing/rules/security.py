"""What must be shown to be let in."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.pairs import ContractPair, OperationPair
from verifier.diffing.shifts import Movement, Shift, family
from verifier.model import Contract, Impact, SecurityNeed, SecurityScheme, Side

__all__ = ["definitions", "needs"]

Way = dict[str, frozenset[str]]


@family("contract")
def definitions(pair: ContractPair) -> Iterator[Shift]:
    """A scheme that keeps its name and is carried in another way breaks all who use it."""
    for name, old in pair.old.schemes.items():
        new = pair.new.schemes.get(name)
        if new is None or _carried(old) == _carried(new):
            continue
        users = tuple(
            kept.new.key
            for kept in pair.kept
            if any(name in need.schemes for need in kept.old.security)
        )
        yield Shift(
            name="scheme-changed",
            says=f"The credential '{name[:80]}' was {_told(old)} and is now {_told(new)}.",
            side=Side.REQUEST,
            impact=Impact.BREAKING if users else Impact.INFO,
            old=old.at,
            new=new.at,
            words=f"{_carried(old)} -> {_carried(new)}",
            operations=users,
        )


@family("operation")
def needs(pair: OperationPair) -> Iterator[Shift]:
    """Alternatives, of which one is enough: every way in that worked must go on working."""
    names = _renamed(pair.old_contract, pair.new_contract)
    old = _ways(pair.old.security, {})
    new = _ways(pair.new.security, names)
    if {} in old:
        if {} not in new:
            says = f"Access needs a credential now: {_list(new)}."
            yield _shift(pair, "required", Movement.NARROWER, says, _list(new))
        return
    for way in old:
        if not any(_enough(way, other) for other in new):
            yield _closed(pair, way, new)
    for way in new:
        if not any(_enough(way, other) for other in old):
            says = f"Access is now also granted by {_told_way(way)}."
            yield _shift(pair, "way-added", Movement.WIDER, says, _told_way(way))


def _closed(pair: OperationPair, way: Way, new: list[Way]) -> Shift:
    """Why a way in no longer suffices: further scopes, further schemes, or not taken at all."""
    for other in new:
        if other.keys() == way.keys():
            more = sorted({s for name in way for s in other[name] - way[name]})
            says = f"Access by {_told_way(way)} now needs further scopes: {', '.join(more)[:200]}."
            return _shift(pair, "scope-added", Movement.NARROWER, says, ",".join(more))
    for other in new:
        if other.keys() > way.keys():
            more = sorted(other.keys() - way.keys())
            says = f"Access by {_told_way(way)} now needs {', '.join(more)[:200]} as well."
            return _shift(pair, "scheme-added", Movement.NARROWER, says, ",".join(more))
    says = f"Access by {_told_way(way)} is no longer documented."
    return _shift(pair, "way-removed", Movement.NARROWER, says, _told_way(way))


def _shift(pair: OperationPair, name: str, movement: Movement, says: str, words: str) -> Shift:
    # No place is given: needs are mostly written once for the whole document, and one change of
    # them is one change, whichever operations feel it.
    return pair.shift(name, movement, says, words=words)


def _enough(way: Way, other: Way) -> bool:
    """Whether who holds the first is let in by the second."""
    return all(name in way and scopes <= way[name] for name, scopes in other.items())


def _ways(security: tuple[SecurityNeed, ...], names: dict[str, str]) -> list[Way]:
    """The alternatives; none at all is the open door."""
    return [
        {names.get(name, name): frozenset(scopes) for name, scopes in need.schemes.items()}
        for need in security
    ] or [{}]


def _renamed(old: Contract, new: Contract) -> dict[str, str]:
    """New name to old, for schemes that are carried alike: names never reach the vendor."""
    names = {}
    for name, scheme in new.schemes.items():
        if name not in old.schemes:
            alike = [
                n
                for n, s in old.schemes.items()
                if n not in new.schemes and _carried(s) == _carried(scheme)
            ]
            if len(alike) == 1:
                names[name] = alike[0]
    return names


def _carried(scheme: SecurityScheme) -> tuple[str, ...]:
    named = scheme.parameter
    if scheme.location == "header":
        named = named.lower()  # field names are case-insensitive (RFC 9110, 5.1)
    return scheme.type, scheme.location, named, scheme.http_scheme


def _told(scheme: SecurityScheme) -> str:
    return " ".join(part for part in _carried(scheme) if part)[:120]


def _told_way(way: Way) -> str:
    words = [f"'{n}'" + (f" ({', '.join(sorted(s))})" if s else "") for n, s in way.items()]
    return " and ".join(sorted(words))[:300]


def _list(ways: list[Way]) -> str:
    return ", or ".join(sorted(_told_way(way) for way in ways if way))

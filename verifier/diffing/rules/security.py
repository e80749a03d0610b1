"""What must be shown to be let in."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec.structs import replace

from verifier.diffing.carrying import carried, renamed
from verifier.diffing.pairs import ContractPair, OperationPair
from verifier.diffing.rule import Departure, Rule
from verifier.diffing.shifts import Shift, family
from verifier.diffing.standing import marks_at
from verifier.model import (
    Contract,
    Edit,
    Impact,
    Movement,
    Operation,
    Pointer,
    SecurityNeed,
    SecurityScheme,
    Side,
)

__all__ = ["definitions", "needs"]

NARROWER, WIDER = Movement.NARROWER, Movement.WIDER
SCHEME_CHANGED = Rule(
    name="scheme-changed",
    edit=Edit.CHANGED,
    moves=Movement.INCOMPARABLE,
    says="A credential is carried in another way: place, name, or kind.",
)
TOKENS_MOVED = Rule(
    name="tokens-moved",
    edit=Edit.CHANGED,
    moves=NARROWER,
    says="Tokens come from another address, or by another flow.",
)
REQUIRED = Rule(
    name="required",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="An operation that was open needs a credential.",
)
OPENED = Rule(
    name="opened",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="An operation that needed a credential is open.",
    request=Departure(Impact.WARNING, "nothing breaks, and what was private may not be any more"),
)
WAY_ADDED = Rule(
    name="way-added", edit=Edit.ADDED, moves=WIDER, says="A further credential opens an operation."
)
WAY_REMOVED = Rule(
    name="way-removed",
    edit=Edit.REMOVED,
    moves=NARROWER,
    says="A credential no longer opens an operation.",
)
SCOPE_ADDED = Rule(
    name="scope-added", edit=Edit.ADDED, moves=NARROWER, says="A further scope is needed."
)
SCHEME_ADDED = Rule(
    name="scheme-added",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="A further credential is needed beside the one that was enough.",
)
DOCUMENTED = Rule(
    name="documented",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="No operation named a credential; all of them do now.",
    request=Departure(
        Impact.WARNING, "an API without any credential is rare: the document was likely silent"
    ),
)

Way = dict[str, frozenset[str]]


@family("contract", area="security")
def definitions(pair: ContractPair) -> Iterator[Shift]:
    """A scheme that keeps its name and is carried in another way breaks all who use it."""
    for name, old in pair.old.schemes.items():
        new = pair.new.schemes.get(name)
        if new is None:
            continue
        users = tuple(
            kept.new.key
            for kept in pair.kept
            if any(name in need.schemes for need in kept.old.security)
        )
        if not users and any(operation.security for operation in pair.old.operations):
            continue  # nobody uses it, so nobody feels it
        if carried(old) != carried(new):
            rule = SCHEME_CHANGED
            says = f"The credential '{name[:80]}' was {_told(old)} and is now {_told(new)}."
            words = f"{carried(old)} -> {carried(new)}"
        elif gone := _flows_lost(old, new):
            rule = TOKENS_MOVED
            says = f"Tokens of '{name[:80]}' no longer come from {gone[:200]}."
            words = gone
        else:
            continue
        yield Shift(
            rule=rule,
            says=says,
            side=Side.REQUEST,
            old=old.at,
            new=new.at,
            words=words,
            operations=users,
        )


def _flows_lost(old: SecurityScheme, new: SecurityScheme) -> str:
    """The addresses of tokens that are not told any more, with their flows."""
    lost = [
        f"{flow} {url}"
        for flow, url in old.token_urls.items()
        if not _same_address(url, new.token_urls.get(flow))
    ]
    return ", ".join(lost)


def _same_address(old: str, new: str | None) -> bool:
    """Whether two addresses are one, or may be: one without a host is at whatever host it is."""
    if new is None or old == new:
        return old == new
    try:
        before, after = urlsplit(old), urlsplit(new)
    except ValueError:
        return False
    return not (before.netloc and after.netloc) and before[2:4] == after[2:4]


@family("operation", area="security")
def needs(pair: OperationPair) -> Iterator[Shift]:
    """Alternatives, of which one is enough: every way in that worked must go on working."""
    if (
        pair.old.security == pair.new.security
        and pair.old_contract.schemes == pair.new_contract.schemes
    ):
        return
    names = renamed(pair.old_contract, pair.new_contract)
    old = _ways(pair.old.security, {})
    new = _ways(pair.new.security, names)
    if {} in new:
        if {} not in old:
            says = "Access needs no credential any more: anybody may call it."
            yield _shift(pair, OPENED, says, "open")
        return
    if {} in old:
        silent = not any(o.security for o in pair.old_contract.operations)
        says = f"Access needs a credential now: {_list(new)}."
        yield _shift(pair, DOCUMENTED if silent else REQUIRED, says, _list(new))
        return
    for way in old:
        if not any(_enough(way, other) for other in new):
            yield _closed(pair, way, new)
    for way in new:
        if not any(_enough(way, other) for other in old):
            says = f"Access is now also granted by {_told_way(way)}."
            yield _shift(pair, WAY_ADDED, says, _told_way(way))


def _closed(pair: OperationPair, way: Way, new: list[Way]) -> Shift:
    """Why a way in no longer suffices: further scopes, further schemes, or not taken at all."""
    for other in new:
        if other.keys() == way.keys():
            more = sorted({s for name in way for s in other[name] - way[name]})
            says = f"Access by {_told_way(way)} now needs further scopes: {', '.join(more)[:200]}."
            return _shift(pair, SCOPE_ADDED, says, ",".join(more))
    for other in new:
        if other.keys() > way.keys():
            more = sorted(other.keys() - way.keys())
            says = f"Access by {_told_way(way)} now needs {', '.join(more)[:200]} as well."
            return _shift(pair, SCHEME_ADDED, says, ",".join(more))
    says = f"Access by {_told_way(way)} is no longer documented."
    return _shift(pair, WAY_REMOVED, says, _told_way(way))


def _shift(pair: OperationPair, rule: Rule, says: str, words: str) -> Shift:
    # It is one change whichever operations feel it, for needs are mostly written once for all of
    # them: so the place is where it was met first, and no part of what it is.
    seen = _stated(pair.old_contract, pair.old), _stated(pair.new_contract, pair.new)
    return replace(pair.shift(rule, says, words=words), seen=seen)


def _stated(contract: Contract, operation: Operation) -> Pointer:
    """Where it is said what an operation needs: at itself, or for the whole document."""
    document = contract.document
    if "security" in marks_at(document, operation.at):
        return operation.at / "security"
    return Pointer() / "security" if "security" in document.root else operation.at


def _enough(way: Way, other: Way) -> bool:
    """Whether who holds the first is let in by the second."""
    return all(name in way and scopes <= way[name] for name, scopes in other.items())


def _ways(security: tuple[SecurityNeed, ...], names: dict[str, str]) -> list[Way]:
    """The alternatives; none at all is the open door."""
    return [
        {names.get(name, name): frozenset(scopes) for name, scopes in need.schemes.items()}
        for need in security
    ] or [{}]


def _told(scheme: SecurityScheme) -> str:
    return " ".join(part for part in carried(scheme) if part)[:120]


def _told_way(way: Way) -> str:
    words = [f"'{n}'" + (f" ({', '.join(sorted(s))})" if s else "") for n, s in way.items()]
    return " and ".join(sorted(words))[:300]


def _list(ways: list[Way]) -> str:
    return ", or ".join(sorted(_told_way(way) for way in ways if way))

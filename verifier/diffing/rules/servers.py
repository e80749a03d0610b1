"""The addresses that the document names."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from verifier.diffing.pairs import ContractPair
from verifier.diffing.rule import Departure, Rule
from verifier.diffing.shifts import Shift, family
from verifier.model import Contract, Edit, Impact, Movement, Pointer, Side

__all__ = ["servers"]

AT = Pointer() / "servers"
SANDBOX = ("sandbox", "test", "staging", "demo", "dev", "localhost")
CHANGED = Rule(
    name="changed",
    edit=Edit.CHANGED,
    moves=Movement.INCOMPARABLE,
    says="Calls go to another address than before.",
)
REMOVED = Rule(
    name="removed",
    edit=Edit.REMOVED,
    moves=Movement.NARROWER,
    says="One of several addresses is gone.",
    request=Departure(Impact.WARNING, "the others are still named; who used this one moves"),
)
UNNAMED = Rule(
    name="unnamed",
    edit=Edit.REMOVED,
    moves=Movement.EQUAL,
    says="The document names no address any more.",
    request=Departure(Impact.WARNING, "that it is not named does not say that it is gone"),
)
TEST_ONLY = Rule(
    name="test-changed",
    edit=Edit.CHANGED,
    moves=Movement.EQUAL,
    says="An address that is there for tests is another.",
    request=Departure(Impact.WARNING, "production is not concerned"),
)
UNPROTECTED = Rule(
    name="unprotected",
    edit=Edit.CHANGED,
    moves=Movement.EQUAL,
    says="An address that was https is http now: credentials would travel in the clear.",
    request=Departure(Impact.BREAKING, "credentials and data would travel in the clear"),
)
ADDED = Rule(
    name="added", edit=Edit.ADDED, moves=Movement.WIDER, says="A further address is named."
)
CHOICE_REMOVED = Rule(
    name="choice-removed",
    edit=Edit.REMOVED,
    moves=Movement.NARROWER,
    says="A variable of an address may no longer have one of its values: a region is gone.",
)


@family("contract", area="server")
def servers(pair: ContractPair) -> Iterator[Shift]:
    """An address that goes takes every call with it, unless the document was wrong about it."""
    yield from _choices(pair)
    old, new = _addresses(pair.old.servers), _addresses(pair.new.servers)
    gone = [url for url in old if url not in new]
    come = [url for url in new if url not in old]
    if not gone and not come:
        return
    if pair.relocation is not None and pair.relocation.silent:
        return  # the base path went into the paths, or came out of them
    yield from _unprotected(pair, gone, come)
    for url in gone:
        if not pair.new.servers:
            yield _shift(
                UNNAMED, f"The document no longer names the address {url[:200]}.", pair, url
            )
        elif len(gone) < len(old):
            yield _shift(
                REMOVED, f"The document no longer names the address {url[:200]}.", pair, url
            )
        else:
            rule = TEST_ONLY if _test(url) else CHANGED
            says = f"Calls went to {url[:200]} and go to {', '.join(new)[:300]} now."
            yield _shift(rule, says, pair, url)
    if len(gone) < len(old) or not old:
        for url in come:
            yield _shift(ADDED, f"The document now names the address {url[:200]}.", pair, url)


def _choices(pair: ContractPair) -> Iterator[Shift]:
    """Values of the variables of addresses that are written alike."""
    later = _listed(pair.new)
    for (url, name), values in _listed(pair.old).items():
        kept = later.get((url, name))
        gone = [value for value in values if kept and value not in kept]
        if gone:
            says = f"In the address {url[:120]} '{name[:40]}' may no longer be {', '.join(gone)}."
            words = f"{name} {','.join(gone)}"
            yield Shift(
                rule=CHOICE_REMOVED, says=says[:400], side=Side.REQUEST, old=AT, new=AT, words=words
            )


def _listed(contract: Contract) -> dict[tuple[str, str], list[str]]:
    """Address as written and name of a variable, to the values that are listed for it."""
    found: dict[tuple[str, str], list[str]] = {}
    servers = contract.document.root.get("servers")
    for server in servers if isinstance(servers, list) else ():
        variables = server.get("variables") if isinstance(server, dict) else None
        for name, variable in variables.items() if isinstance(variables, dict) else ():
            values = variable.get("enum") if isinstance(variable, dict) else None
            if isinstance(values, list):
                found[str(server.get("url")), name] = [str(value)[:80] for value in values]
    return found


def _unprotected(pair: ContractPair, gone: list[str], come: list[str]) -> Iterator[Shift]:
    for url in list(gone):
        plain = url.replace("https://", "http://", 1)
        if url.startswith("https://") and plain in come:
            says = f"The address {url[:200]} is now named without protection: {plain[:200]}."
            yield _shift(UNPROTECTED, says, pair, url)
            gone.remove(url)
            come.remove(plain)


def _shift(rule: Rule, says: str, pair: ContractPair, url: str) -> Shift:
    old, new = _addresses(pair.old.servers), _addresses(pair.new.servers)
    return Shift(
        rule=rule,
        says=says,
        side=Side.REQUEST,
        old=AT / old.index(url) if url in old and pair.old.servers else None,
        new=AT / new.index(url) if url in new and pair.new.servers else None,
        words=url,
    )


def _test(url: str) -> bool:
    """Whether an address looks as if it were there for tests."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return False
    labels = host.replace("-", ".").split(".")[:-1]
    return any(word in labels for word in SANDBOX)


def _addresses(urls: tuple[str, ...]) -> list[str]:
    """None is the root of where the document lies (OpenAPI 3.1.1, 4.8.1)."""
    return [url.rstrip("/") or "/" for url in urls] or ["/"]

"""The addresses that the document names."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from verifier.diffing.addresses import Addresses, Named
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
    if pair.relocation is not None and pair.relocation.silent:
        return  # the base path went into the paths, or came out of them
    old, new = Addresses(pair.old), Addresses(pair.new)
    own: dict[tuple[Named, Named], list[str]] = {}
    inherited = not pair.kept
    for kept in pair.kept:
        before, after = old.of(kept.old), new.of(kept.new)
        if before is old.root and after is new.root:
            inherited = True
        elif kept.new.kind == "operation":
            own.setdefault((before, after), []).append(kept.new.key)
    if inherited:
        yield from _compared(old.root, new.root)
    for (before, after), keys in own.items():
        yield from _compared(before, after, tuple(keys))


def _compared(old: Named, new: Named, operations: tuple[str, ...] = ()) -> Iterator[Shift]:
    """
    What one place named and what one names now.

    Args:
        operations: Those that it is about; none for all.
    """
    gone = [url for url in old.urls if url not in new.urls]
    come = [url for url in new.urls if url not in old.urls]
    whose = "The document" if not operations else operations[0]
    whose += f" and {len(operations) - 1} more" if len(operations) > 1 else ""
    for rule, says, url in _told(old, new, gone, come):
        yield Shift(
            rule=rule,
            says=says.replace("The document", whose, 1) if operations else says,
            side=Side.REQUEST,
            old=old.place(url) or (old.at if operations and not old.silent else None),
            new=new.place(url) or (new.at if operations and not new.silent else None),
            words=url,
            operations=operations,
        )


def _told(
    old: Named, new: Named, gone: list[str], come: list[str]
) -> Iterator[tuple[Rule, str, str]]:
    """Rule, sentence, and the address that it is about."""
    if old.silent and come:
        gone = []  # that none was named does not say that it was another
    for url, plain in _unprotected(gone, come):
        says = f"The address {url[:200]} is now named without protection: {plain[:200]}."
        yield UNPROTECTED, says, url
    if gone and len(gone) == len(old.urls) and not new.silent:
        lasting = [url for url in gone if not _test(url)]
        whence = ", ".join(lasting or gone)[:300]
        says = f"Calls went to {whence} and go to {', '.join(new.urls)[:300]} now."
        yield CHANGED if lasting else TEST_ONLY, says, (lasting or gone)[0]
        return
    for url in gone:
        says = f"The document no longer names the address {url[:200]}."
        yield UNNAMED if new.silent else REMOVED, says, url
    if len(gone) < len(old.urls):
        for url in come:
            yield ADDED, f"The document now names the address {url[:200]}.", url


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


def _unprotected(gone: list[str], come: list[str]) -> Iterator[tuple[str, str]]:
    """Addresses that are http now, taken out of both lists."""
    for url in list(gone):
        plain = url.replace("https://", "http://", 1)
        if url.startswith("https://") and plain in come:
            gone.remove(url)
            come.remove(plain)
            yield url, plain


def _test(url: str) -> bool:
    """Whether an address looks as if it were there for tests."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return False
    labels = host.replace("-", ".").split(".")[:-1]
    return any(word in labels for word in SANDBOX)

"""Credentials and scopes as the document names them, whoever needs them."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.carrying import renamed
from verifier.diffing.pairs import ContractPair
from verifier.diffing.rule import Departure, Rule
from verifier.diffing.shifts import Shift, family
from verifier.diffing.standing import marks_at
from verifier.model import Edit, Impact, Movement, SecurityScheme, Side

__all__ = ["credentials"]

EQUAL = Movement.EQUAL
NAMED = Rule(
    name="named", edit=Edit.ADDED, moves=EQUAL, says="A further kind of credential is named."
)
UNNAMED = Rule(
    name="unnamed",
    edit=Edit.REMOVED,
    moves=EQUAL,
    says="A kind of credential is no longer named; operations that took it are told themselves.",
)
SCOPE_OFFERED = Rule(
    name="scope-offered", edit=Edit.ADDED, moves=Movement.WIDER, says="A further scope is offered."
)
SCOPE_WITHDRAWN = Rule(
    name="scope-withdrawn",
    edit=Edit.REMOVED,
    moves=Movement.NARROWER,
    says="A scope is no longer offered.",
    request=Departure(Impact.WARNING, "a token that is asked for with it may be refused"),
)
SCOPE_REWORDED = Rule(
    name="scope-reworded",
    edit=Edit.CHANGED,
    moves=EQUAL,
    says="A scope is described in another way.",
    audience="docs",
)
TOKEN_FORM = Rule(
    name="token-form",
    edit=Edit.CHANGED,
    moves=EQUAL,
    says="The hint at the form of a token is another (bearerFormat).",
    audience="docs",
)


@family("contract", area="security")
def credentials(pair: ContractPair) -> Iterator[Shift]:
    """What is named and offered; how it is carried and who needs it is told by others."""
    names = renamed(pair.old, pair.new)
    old, new = pair.old.schemes, {names.get(n, n): s for n, s in pair.new.schemes.items()}
    for name, scheme in old.items():
        if name not in new:
            says = f"The credential '{name[:80]}' is no longer named."
            yield _shift(UNNAMED, says, scheme, None, name)
        else:
            yield from _scopes(name, scheme, new[name])
            yield from _form(pair, name, scheme, new[name])
    for name, scheme in new.items():
        if name not in old:
            says = f"The credential '{name[:80]}' is named now."
            yield _shift(NAMED, says, None, scheme, name)


def _scopes(name: str, old: SecurityScheme, new: SecurityScheme) -> Iterator[Shift]:
    if old.type != new.type:
        return
    for scope in old.scopes:
        if scope not in new.scopes:
            says = f"'{name[:80]}' no longer offers the scope '{scope[:80]}'."
            yield _shift(SCOPE_WITHDRAWN, says, old, new, scope)
        elif old.scopes[scope] != new.scopes[scope]:
            says = f"'{name[:80]}' describes the scope '{scope[:80]}' in another way."
            yield _shift(SCOPE_REWORDED, says, old, new, scope)
    for scope in new.scopes:
        if scope not in old.scopes:
            says = f"'{name[:80]}' now offers the scope '{scope[:80]}'."
            yield _shift(SCOPE_OFFERED, says, old, new, scope)


def _form(
    pair: ContractPair, name: str, old: SecurityScheme, new: SecurityScheme
) -> Iterator[Shift]:
    before = str(marks_at(pair.old.document, old.at).get("bearerFormat", ""))[:80]
    after = str(marks_at(pair.new.document, new.at).get("bearerFormat", ""))[:80]
    if before != after:
        says = f"Tokens of '{name[:80]}' were said to be '{before}' and are said to be '{after}'."
        yield _shift(TOKEN_FORM, says, old, new, f"{before} -> {after}")


def _shift(
    rule: Rule, says: str, old: SecurityScheme | None, new: SecurityScheme | None, words: str
) -> Shift:
    return Shift(
        rule=rule,
        says=says,
        side=Side.REQUEST,
        old=old.at if old else None,
        new=new.at if new else None,
        words=words,
    )

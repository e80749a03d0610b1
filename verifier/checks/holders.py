"""Whose keys we hold, and what they should open by what the document asks for."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from verifier.checks.provoking import readable
from verifier.model import (
    Draw,
    Exchange,
    Form,
    Missing,
    Operation,
    Principal,
    Send,
    Step,
    Vendor,
)

__all__ = [
    "decided",
    "fewest_first",
    "holding",
    "is_known",
    "lacking",
    "locked",
    "needs_spent",
    "needs_stranger",
    "scoped",
    "spent_holders",
    "stranger",
    "wanted",
    "ways",
]


# What is said to a credential that is not good; 404 may be said to everybody.
REFUSED = frozenset({400, 401, 403, 407})


def ways(operation: Operation) -> tuple[frozenset[str], ...]:
    """The scopes of each documented way in; a way that names none is an empty set."""
    return tuple(
        frozenset(scope for scopes in need.schemes.values() for scope in scopes)
        for need in operation.security
    )


def wanted(operation: Operation) -> str:
    """The scopes of the least demanding way in, in words."""
    narrowest: frozenset[str] = min(ways(operation), key=len)
    return " and ".join(sorted(narrowest))


def scoped(operation: Operation) -> str:
    """Why scopes say nothing about an operation; empty where every way in asks for one."""
    if not operation.secured:
        return "its document asks for no credential"
    return "" if all(ways(operation)) else "its document names no scope"


def holding(vendor: Vendor, operation: Operation) -> tuple[Principal, ...]:
    """Principals that hold what an operation asks for, those with the fewest scopes first."""
    return tuple(p for p in fewest_first(vendor) if _holds(p, operation))


def lacking(vendor: Vendor, operation: Operation) -> tuple[Principal, ...]:
    """Principals that do not, those with the fewest scopes first."""
    return tuple(p for p in fewest_first(vendor) if not _holds(p, operation))


def fewest_first(vendor: Vendor) -> tuple[Principal, ...]:
    """Principals whose scopes are known."""
    known = [p for p in vendor.principals if p.scopes is not None]
    return tuple(sorted(known, key=lambda p: len(p.scopes or ())))


def stranger(vendor: Vendor) -> str:
    """The name of a principal of another tenant than the first one's; empty where none is."""
    first = vendor.principal()
    others = [p.name for p in vendor.principals if first and p.tenant and p.tenant != first.tenant]
    return others[0] if others else ""


def needs_stranger(subject: object, vendor: Vendor) -> Missing | None:
    """What to supply where a principal of another tenant is needed, and none is known."""
    if stranger(vendor):
        return None
    return Missing(
        reason="it takes a credential of another tenant",
        supply="a second principal with another 'tenant' in vendor.yaml",
    )


def spent_holders(vendor: Vendor, form: Form) -> tuple[Principal, ...]:
    """Principals of whom we know a credential that used to be good: expired, or revoked."""
    return tuple(p for p in vendor.principals if form.value in p.secrets and p.kind != "basic")


def needs_spent(form: Form) -> Callable[[Any, Vendor], Missing | None]:
    """What to supply where such a credential is needed, and none is known."""

    def needs(subject: object, vendor: Vendor) -> Missing | None:
        if spent_holders(vendor, form):
            return None
        name = vendor.principals[0].name if vendor.principals else "NAME"
        return Missing(
            reason=f"no credential that is {form.value} is known",
            supply=f"principals: {{{name}: {{{form.value}: ${{ENV_NAME}}}}}} in vendor.yaml",
        )

    return needs


def locked(vendor: Vendor) -> Generator[Step, Any, None]:
    """Go on only where credentials are looked at; else what a key opens says nothing of keys."""
    for operation in list(readable(vendor, secured=True))[:1]:
        drawn = yield Draw(operation=operation.key)
        if (yield Send(drawn.request.with_credential(Form.UNKNOWN))).succeeded:
            yield Missing(
                reason=f"{operation.key} lets in whoever shows anything",
                supply="locks that work; see credentials.garbage-refused",
            )


def decided(exchange: Exchange, what: str) -> Generator[Step, Any, None]:
    """Go on only where an answer says of a credential that it is good, or that it is not."""
    if not exchange.succeeded and exchange.status not in REFUSED:
        yield Missing(reason=f"whether {what} is refused cannot be told: it {exchange.answer}")


def is_known(vendor: Vendor, principal: Principal) -> Generator[Step, Any, bool]:
    """Whether a principal is let in where it should be: else its 401 speaks of itself."""
    for operation in vendor.contract.operations:
        plain = operation.method == "GET" and not operation.parameters_in("path")
        if plain and operation.secured and principal in holding(vendor, operation):
            drawn = yield Draw(operation=operation.key)
            return bool((yield Send(drawn.request.as_(principal.name))).succeeded)
    return False


def _holds(principal: Principal, operation: Operation) -> bool:
    return any(way <= (principal.scopes or frozenset()) for way in ways(operation))

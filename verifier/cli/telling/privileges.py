"""The smallest set of scopes in words, beside the keys that we hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from verifier.errors import UsageError, nearest
from verifier.model import Contract, Principal, Privilege, Usage

__all__ = ["comparison", "lines", "needed"]

MOST_LISTED = 12


def needed(contract: Contract, needs: Iterable[str], usages: Iterable[Usage]) -> tuple[str, ...]:
    """
    The operations that are named, and those that recorded runs used.

    Raises:
        UsageError: Nothing is named, or what is named does not exist.
    """
    used = [key for usage in usages for key in usage.operations]
    wanted = tuple(dict.fromkeys([*needs, *used]))
    if not wanted:
        raise UsageError(
            "no need was stated", mend="Name operations: --need createInvoice --need 'GET /orders'."
        )
    known = [name for o in contract.operations for name in (o.key, o.id) if name]
    for name in wanted:
        if name not in known:
            mend = nearest(name, known, "'verifier inspect' shows what there is.")
            raise UsageError(f"there is no operation '{name}'", mend=mend)
    return wanted


def lines(privilege: Privilege, principals: Sequence[Principal]) -> Iterator[str]:
    """What a reader wants to know, line by line."""
    count = len(privilege.operations)
    scopes = ", ".join(sorted(privilege.scopes)) or "none that the document names"
    yield f"For {count} operation{'' if count == 1 else 's'} a key needs: {scopes}"
    if privilege.unscoped:
        yield f"Any key opens {_listed(privilege.unscoped)}: the document names no scope for it."
    if privilege.beyond:
        yield f"It opens {len(privilege.beyond)} more: {_listed(privilege.beyond)}"
    for held in comparison(privilege, principals):
        yield f"  {held['principal']}: {_told(held)}"


def comparison(privilege: Privilege, principals: Iterable[Principal]) -> list[dict[str, Any]]:
    """What each key that we hold lacks for the need, and what it could do without."""
    return [
        {
            "principal": principal.name,
            "lacks": sorted(privilege.lacking(principal.scopes)),
            "could_do_without": sorted(privilege.excess(principal.scopes)),
        }
        for principal in principals
        if principal.scopes is not None
    ]


def _told(held: dict[str, Any]) -> str:
    if held["lacks"]:
        return f"lacks {', '.join(held['lacks'])}"
    if held["could_do_without"]:
        return f"could do without {', '.join(held['could_do_without'])}"
    return "holds exactly that"


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(keys[:MOST_LISTED]) + (" …" if len(keys) > MOST_LISTED else "")

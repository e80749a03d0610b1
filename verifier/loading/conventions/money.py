"""
Where money moves: creations whose body or path speaks of amounts and payments.

Looks at the members that a creation takes (an amount beside a currency, a price, a total) and at
the names of resources. What is created there must not be created twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from verifier.loading.resources.language import stem
from verifier.loading.view import ContractView, Piece, word_set, words
from verifier.model import Convention, Operation

__all__ = ["recognise"]

NAMES = re.compile(
    r"payment|charge|refund|transfer|payout|invoice|order|checkout|subscription|transaction"
    r"|disbursement|deposit|withdraw|capture|donation"
)
AMOUNTS = word_set(
    "amount unitamount price unitprice total grandtotal subtotal amountdue amountpaid"
)
LARGEST_AMOUNT = 4
CURRENCIES = word_set("currency currencycode")


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention, with the fields of each operation that has them."""
    operations = {operation.key: operation for operation in view.operations}
    fields: dict[str, list[str]] = {}
    named: list[str] = []
    for resource in view.resources:
        if not resource.create:
            continue
        found = _fields(view, operations[resource.create])
        if found:
            fields[resource.create] = found
        elif NAMES.search(stem(resource.name)):
            named.append(resource.create)
    if fields or named:
        keys = {*fields, *named}
        yield Convention(
            kind="money",
            style="fields" if fields else "names",
            operations=tuple(key for key in operations if key in keys),
            detail={"fields": fields, "by_name_only": named},
            confidence=0.9 if fields else 0.6,
            reason=f"{len(fields)} creations take amounts, {len(named)} more are named after money",
        )


def _fields(view: ContractView, operation: Operation) -> list[str]:
    members = view.members(view.body(operation))
    plain = {"".join(words(name)): name for name in members}
    amounts = [name for key, name in plain.items() if key in AMOUNTS]
    nested = [name for name, piece in members.items() if _is_amount(view, piece)]
    if nested:
        return nested
    return amounts if any(key in CURRENCIES for key in plain) or len(amounts) > 1 else []


def _is_amount(view: ContractView, piece: Piece) -> bool:
    """``{"currency": "EUR", "value": 1000}``."""
    inner = {"".join(words(name)) for name in view.members(piece)}
    small = len(inner) <= LARGEST_AMOUNT
    return small and bool(inner & CURRENCIES) and bool(inner & (AMOUNTS | {"value", "amountvalue"}))

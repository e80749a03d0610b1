"""
What makes a request safe to repeat: a key in a header, in the query, or in the body.

Looks for parameters and body members that are called after idempotency, and for the names that
single vendors use instead (``PayPal-Request-Id``, ``client_token``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from verifier.loading.tally import keys_of, usual
from verifier.loading.view import ContractView, Piece
from verifier.model import Convention, Operation, Parameter

__all__ = ["recognise"]

CARRIER = re.compile(r"idempoten|^paypal-request-id$|^x-mod-nonce$", re.IGNORECASE)
FIELD = re.compile(r"idempoten|^client_?(?:request_?)?token$", re.IGNORECASE)
MENTION = re.compile(r"(?:[\w-]{1,20}-)?idempoten\w{1,10}-key", re.IGNORECASE)


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention a carrier; where only the introduction mentions a key, an unsure one."""
    carried = [
        (operation, parameter)
        for name in view.parameter_names()
        if "idempoten" in name or name in ("paypalrequestid", "xmodnonce")
        for operation, parameter in view.parameters(name)
        if CARRIER.search(parameter.name)
    ]
    found = [
        *_parameters(carried, "header"),
        *_parameters(carried, "query"),
        *_fields(view),
    ]
    return found or _mentioned(view)


def _parameters(carried: list[tuple[Operation, Parameter]], location: str) -> Iterator[Convention]:
    found = [(o, p) for o, p in carried if p.location == location]
    if not found:
        return
    name = usual(p.name for _, p in found)
    lengths = [_longest(p) for _, p in found]
    yield Convention(
        kind="idempotency",
        style=location,
        operations=keys_of(o for o, _ in found),
        detail={
            "name": name,
            "required": all(p.required for _, p in found),
            **({"longest": max(lengths)} if all(lengths) else {}),
        },
        reason=f"{len(found)} operations take '{name}' in the {location}",
    )


def _longest(parameter: Parameter) -> int:
    node: Any = parameter.schema.node if parameter.schema is not None else None
    longest = node.get("maxLength") if isinstance(node, Mapping) else None
    return longest if isinstance(longest, int) else 0


def _fields(view: ContractView) -> Iterator[Convention]:
    found: list[tuple[Operation, str, bool]] = []
    for operation in view.operations:
        if operation.safe or operation.body is None:
            continue
        piece = view.body(operation)
        required = _required(view, piece)
        found += [(operation, n, n in required) for n in view.members(piece) if FIELD.search(n)]
    if found:
        name = usual(name for _, name, _ in found)
        yield Convention(
            kind="idempotency",
            style="body",
            operations=keys_of(o for o, _, _ in found),
            detail={"name": name, "required": all(required for _, _, required in found)},
            reason=f"{len(found)} operations take '{name}' in the body",
        )


def _required(view: ContractView, piece: Piece | None) -> list[Any]:
    node = view.follow(piece).node if piece is not None else None
    required = node.get("required") if isinstance(node, Mapping) else None
    return required if isinstance(required, list) else []


def _mentioned(view: ContractView) -> list[Convention]:
    info = view.document.root.get("info")
    text = info.get("description") if isinstance(info, Mapping) else None
    match = MENTION.search(text) if isinstance(text, str) else None
    if match is None:
        return []
    return [
        Convention(
            kind="idempotency",
            style="header",
            detail={"name": match[0]},
            confidence=0.4,
            reason="the introduction mentions it; no operation declares it",
        )
    ]

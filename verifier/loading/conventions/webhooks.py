"""
Whether we can be told: webhooks, callbacks, and operations to subscribe.

Looks at documented webhooks and callbacks with their signature headers, and at resources whose
creation takes an address to call.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from verifier.loading.resources.language import stem
from verifier.loading.tally import keys_of
from verifier.loading.view import ContractView, words
from verifier.model import Convention, Operation, Resource

__all__ = ["recognise"]

SIGNATURE = re.compile(r"signature|hmac|^svix-|^webhook-(?:id|timestamp)|^digest$", re.IGNORECASE)
ADDRESS = frozenset(
    (
        "url",
        "callbackurl",
        "endpoint",
        "endpointurl",
        "target",
        "targeturl",
        "webhookurl",
        "address",
    )
)
NAMES = frozenset(
    ("webhook", "hook", "webhookendpoint", "webhooksubscription", "eventsubscription")
)


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention for webhooks, one for callbacks, one for each resource to subscribe with."""
    for kind in ("webhook", "callback"):
        found = [operation for operation in view.webhooks if operation.kind == kind]
        if found:
            yield _documented(kind, found)
    yield from _subscriptions(view)


def _documented(kind: str, found: list[Operation]) -> Convention:
    signed = sorted(
        {p.name for o in found for p in o.parameters_in("header") if SIGNATURE.search(p.name)}
    )
    return Convention(
        kind="webhooks",
        style=f"{kind}s",
        operations=keys_of(found),
        detail={"events": len(found), "signature_headers": signed},
        reason=f"{len(found)} {kind}s are documented"
        + (f", signed with {', '.join(signed)}" if signed else "; no signature is documented"),
    )


def _subscriptions(view: ContractView) -> Iterator[Convention]:
    operations = {operation.key: operation for operation in view.operations}
    for resource in view.resources:
        if not resource.create or not _named_after_hooks(resource):
            continue
        taken = view.members(view.body(operations[resource.create]))
        address = next((n for n in taken if "".join(words(n)) in ADDRESS), "")
        yield Convention(
            kind="webhooks",
            style="subscription",
            operations=resource.operations,
            detail={"resource": resource.name, **({"address": address} if address else {})},
            confidence=0.9 if address else 0.6,
            reason=f"'{resource.name}' are created"
            + (f" with an address to call, '{address}'" if address else ""),
        )


def _named_after_hooks(resource: Resource) -> bool:
    path = resource.collection or resource.item
    parts = [stem(part) for part in path.split("/") if part and "{" not in part]
    return bool(parts) and (parts[-1] in NAMES or parts[-1].endswith("webhook"))

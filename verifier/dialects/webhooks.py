"""How events are brought to us, and how they prove whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from verifier.dialects.saying import documented, observed, unknown
from verifier.model import Axis, Contract, Delivery, Dialect, Signature

__all__ = ["webhooks"]

IDENTITY = re.compile(
    r"^(?:webhook|svix)-id$|-(?:event|message|notification)-?id$|-delivery$", re.IGNORECASE
)
SCHEMES = {
    "standard": "Standard Webhooks: HMAC-SHA256, base64, over id.timestamp.body",
    "stripe": "Stripe's: HMAC-SHA256, hex, over timestamp.body",
    "github": "GitHub's: HMAC-SHA256, hex, over the body",
    "shopify": "Shopify's: HMAC-SHA256, base64, over the body",
    "hmac-sha256": "HMAC-SHA256 over the body",
    "none": "none",
}


def webhooks(contract: Contract, deliveries: Sequence[Delivery]) -> Dialect | None:
    """The dialect of events; None where the document has none and none came."""
    if not contract.conventions_of("webhooks") and not deliveries:
        return None
    signature = _usual(deliveries)
    axes = (
        _registration(contract),
        _signature(contract, deliveries, signature),
        _time(deliveries, signature),
        _identity(deliveries),
        _again(deliveries),
    )
    style = signature.scheme if signature else ""
    known = {axis.name: axis.value for axis in axes}
    return Dialect(kind="webhooks", style=style, axes=axes, duties=tuple(_duties(known, signature)))


def _usual(deliveries: Sequence[Delivery]) -> Signature | None:
    return deliveries[0].signature if deliveries else None


def _registration(contract: Contract) -> Axis:
    for convention in contract.conventions_of("webhooks"):
        if convention.style == "subscription":
            resource = contract.resource(str(convention.detail["resource"]))
            return documented("registration", resource.create)
    return unknown("registration")


def _signature(
    contract: Contract, deliveries: Sequence[Delivery], signature: Signature | None
) -> Axis:
    ids = [delivery.id for delivery in deliveries]
    if signature is not None:
        where = f", in {signature.header}" if signature.header else ""
        return observed(
            "signature", f"{SCHEMES.get(signature.scheme, signature.scheme)}{where}", ids
        )
    named = [
        name
        for convention in contract.conventions_of("webhooks")
        for name in convention.detail.get("signature_headers", ())
    ]
    return documented("signature", ", ".join(named))


def _time(deliveries: Sequence[Delivery], signature: Signature | None) -> Axis:
    if signature is None or signature.scheme == "none":
        return unknown("time")
    told = "signed" if signature.age_seconds is not None else "none"
    return observed("time", told, [delivery.id for delivery in deliveries])


def _identity(deliveries: Sequence[Delivery]) -> Axis:
    for delivery in deliveries:
        name = next((k for k, _ in delivery.headers if IDENTITY.search(k)), "")
        body = delivery.json_or_none()
        inside = "the member id" if isinstance(body, Mapping) and "id" in body else ""
        return observed("identity", name or inside or "none", [delivery.id])
    return unknown("identity")


def _again(deliveries: Sequence[Delivery]) -> Axis:
    """How long after a refusal the first retry came."""
    refused = {d.hook: d for d in deliveries if d.answered >= 300}
    for delivery in deliveries:
        first = refused.get(delivery.hook)
        if first is not None and delivery.received > first.received:
            waited = delivery.received - first.received
            return observed("retry", f"after {waited:.0f} s", (first.id, delivery.id))
    if refused:
        return observed("retry", "none seen", [d.id for d in refused.values()])
    return unknown("retry")


def _duties(known: Mapping[str, str], signature: Signature | None) -> Iterator[str]:
    if signature is not None and signature.scheme == "none":
        yield "Take an event as a hint only: nothing proves who sent it. Read the thing itself."
    else:
        yield (
            "Check the signature over the raw body before it is parsed, in constant time, under "
            "the old and the new secret while it is changed."
        )
    if known["time"] == "signed":
        yield "Refuse what is older than five minutes."
    elif known["time"] == "none":
        yield "Remember what was handled: a true event can be repeated by anybody, at any time."
    identity = known["identity"]
    if identity and identity != "none":
        yield f"Remember {identity} for some days, and handle each once."
    yield "Write the event down, answer 2xx at once, and do the work afterwards."
    if known["retry"] in ("", "none seen"):
        yield "Compare both systems every night: what was missed is not told again."
    else:
        yield "Expect an event several times, and events out of order."

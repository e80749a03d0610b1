"""
How the vendor tells us to slow down: rate-limit headers, 429, Retry-After.

Looks at response headers (the IETF drafts' ``RateLimit``, ``RateLimit-Policy`` and the older three
fields, ``X-RateLimit-*``, vendors' own), at documented 429 answers, and at the extension
``x-rate-limit`` of an operation, or of the document (``quota``, ``window_seconds``, ``name``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from verifier.loading.tally import keys_of
from verifier.loading.view import ContractView
from verifier.model import Convention, Operation

__all__ = ["recognise"]

LIMIT = re.compile(
    r"rate-?limit|^x-rate-|call-limit|limit-(?:limit|remaining|reset|info)|limit-?remaining"
    r"|-(?:quota|throttle)",
    re.IGNORECASE,
)
EXTENSION = "x-rate-limit"
MENTION = re.compile(r"rate[- ]limit", re.IGNORECASE)


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention: the dialect, with the headers and the operations that document them."""
    headers = {name: places for name, places in view.headers().items() if LIMIT.search(name)}
    waits = [place for place in view.headers().get("retry-after", ()) if place[1].status != "3XX"]
    refused = [o for o in view.operations if any(s.status == "429" for s in o.responses)]
    shown = [o for places in (*headers.values(), waits) for o, _, _ in places]
    if not shown and not refused:
        return _mentioned(view)
    spelled = sorted({header.name for places in headers.values() for _, _, header in places})
    detail: dict[str, Any] = {
        "headers": spelled,
        "status_429": len(refused),
        "retry_after": bool(waits),
    }
    rules = list(_rules(view))
    if rules:
        detail["rules"] = rules
    return [
        Convention(
            kind="limits",
            style=_style(set(headers), waits=bool(waits)),
            operations=keys_of(_in_order(view, [*shown, *refused])),
            detail=detail,
            confidence=0.95 if headers or waits else 0.8,
            reason=_reason(spelled, len(refused), waits=bool(waits)),
        )
    ]


def _rules(view: ContractView) -> Iterator[dict[str, Any]]:
    """The limits that are stated in numbers; operations of one name share a limit."""
    shared: dict[str, dict[str, Any]] = {}
    for operation in view.operations:
        rule = _rule(operation.extensions.get(EXTENSION))
        if rule is None:
            continue
        name = rule["name"] or operation.key
        known = shared.setdefault(name, {**rule, "name": name, "operations": []})
        known["operations"].append(operation.key)
    yield from shared.values()
    whole = _rule(view.document.root.get(EXTENSION))
    if whole is not None:
        yield {**whole, "name": whole["name"] or "default", "operations": []}


def _rule(said: Any) -> dict[str, Any] | None:
    quota = said.get("quota") if isinstance(said, Mapping) else None
    window = said.get("window_seconds") if isinstance(said, Mapping) else None
    if not isinstance(quota, int) or not isinstance(window, (int, float)) or window <= 0:
        return None
    name = said.get("name")
    return {"quota": quota, "window_seconds": window, "name": name if isinstance(name, str) else ""}


def _style(names: set[str], *, waits: bool) -> str:
    if "ratelimit" in names or "ratelimit-policy" in names:
        return "ratelimit"
    if any(name.startswith("ratelimit-") for name in names):
        return "ratelimit-three-fields"
    if any(name.startswith(("x-ratelimit", "x-rate-limit")) for name in names):
        return "x-ratelimit"
    if names:
        return "own-headers"
    return "retry-after" if waits else "status-only"


def _reason(spelled: list[str], refused: int, *, waits: bool) -> str:
    parts = [f"429 is documented for {refused} operations"] if refused else []
    parts += ["headers " + ", ".join(spelled[:4])] if spelled else []
    parts += ["Retry-After"] if waits else []
    return "; ".join(parts)


def _in_order(view: ContractView, found: list[Operation]) -> list[Operation]:
    keys = {operation.key for operation in found}
    return [operation for operation in view.operations if operation.key in keys]


def _mentioned(view: ContractView) -> list[Convention]:
    info = view.document.root.get("info")
    text = info.get("description") if isinstance(info, Mapping) else None
    if not isinstance(text, str) or not MENTION.search(text):
        return []
    return [
        Convention(
            kind="limits",
            style="prose",
            confidence=0.4,
            reason="the introduction speaks of rate limits; no operation documents them",
        )
    ]

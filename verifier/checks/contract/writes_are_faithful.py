"""
What is read back is what was written.

Why it matters
    A name that loses its accents, an amount that is rounded, a time that moves by an hour: each
    is accepted with "success" and found months later, in somebody's invoice.

How it asks
    It creates items whose members hold awkward but valid values (accents, emoji, leading zeros, the
    longest text, exact amounts, offsets, order of lists), reads them back and compares them.

Limits
    Only members that can be written and read, awkward at the top level only; ids that come back as
    the thing that they name are left out. Where the document says so, a vendor may normalise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.checks.comparing import decimal, differences, instant, short
from verifier.checks.contract import shape
from verifier.checks.effects import there
from verifier.checks.members import members
from verifier.checks.specimens import Shelf
from verifier.model import (
    Create,
    Created,
    Draw,
    Effect,
    Exchange,
    Finding,
    Flow,
    Question,
    Resource,
    Send,
    Severity,
    Vendor,
    check,
)

ROUNDS = 3
TEXTS = ("Zoë 東京 🚲 \u05e9", "007", "{long}")
AMOUNTS = ("19.99", "0.10", "1234567.89")
NUMBERS = (0.1, 19.99, 123456.78)
TIMES = ("2028-02-29T23:30:00+05:30", "2026-12-31T23:59:59-08:00", "2027-03-28T02:30:00+01:00")


def _creates_and_reads(resource: Resource) -> str:
    return "" if resource.create and resource.read else "it cannot be both created and read"


@check(
    question=Question.CONTRACT,
    severity=Severity.BLOCKER,
    effect=Effect.WRITE,
    source="the document's schemas of what is written and of what is read",
    catches=("truncates-text", "loses-timezone", "rounds-money"),
    price=ROUNDS * 3,
    applies=_creates_and_reads,
)
def writes_are_faithful(resource: Resource, vendor: Vendor) -> Flow:
    schemas = members(vendor.contract.operation(resource.create))
    findings: dict[str, Finding] = {}
    for turn in range(ROUNDS):
        awkward = {k: v for k, s in schemas.items() for v in _awkward(k, s, turn)}
        created = yield Create(resource=resource.name, having=awkward)
        read = yield Send((yield Draw(operation=resource.read, path=created.item.path)).request)
        if not findings:
            yield from there(resource, read)
        if read.succeeded:
            findings = {f.signature: f for f in _compare(resource, created, read)} | findings
    return tuple(findings.values())


def _awkward(name: str, schema: Any, turn: int) -> Iterator[Any]:
    """One awkward value of a member for one round, where its schema plainly allows it."""
    if not isinstance(schema, Mapping) or "enum" in schema or "const" in schema:
        return
    kind = schema.get("type")
    kinds = kind if isinstance(kind, list) else [kind]
    if schema.get("format") == "date-time":
        yield TIMES[turn]
    elif "string" in kinds and not schema.get("format"):
        yield from _text(name, schema, turn)
    elif "number" in kinds and not {"multipleOf", "maximum"} & schema.keys():
        yield NUMBERS[turn]


def _text(name: str, schema: Mapping[str, Any], turn: int) -> Iterator[str]:
    if schema.get("pattern"):
        if "amount" in name or "price" in name or "total" in name:
            yield AMOUNTS[turn]
        return
    if name.endswith(("id", "Id", "_ref", "url", "email", "currency", "country", "code")):
        return
    longest = schema.get("maxLength", 120)
    text = TEXTS[turn].format(long="Ä" * min(longest, 2000))
    if schema.get("minLength", 0) <= len(text) <= longest:
        yield text


def _compare(resource: Resource, created: Created, read: Exchange) -> Iterator[Finding]:
    for path, sent, shown in differences(created.sent, (resource.item_in(read.value) or {})):
        if sent is None:
            continue
        where, kind = shape(path), "empty" if shown is None else _kind(sent, shown)
        yield Finding(
            says=f"{where} of {resource.name} comes back {kind}: {short(sent)} became "
            f"{short(shown)}.",
            signature=f"unfaithful:{where}:{kind}",
            operation=resource.create,
            evidence=(created.exchange.id, read.id),
            expected=short(sent),
            seen=short(shown),
            ask=f"Store {where} as it was sent, or refuse what cannot be stored.",
            build=f"Read {where} back after writing and compare; keep our own copy.",
        )


def _kind(sent: Any, shown: Any) -> str:
    if instant(sent) is not None:
        return "as another time"
    if decimal(sent) is not None:
        return "as another number"
    if isinstance(shown, str) and isinstance(sent, str) and sent.startswith(shown):
        return "cut short"
    return "changed"


writes_are_faithful.healthy(Shelf)


@writes_are_faithful.broken
class Narrow(Shelf):
    """Keeps twenty characters of every text."""

    def kept(self, given: dict[str, Any]) -> dict[str, Any]:
        """Cut every text."""
        return {k: v[:20] if k == "name" else v for k, v in given.items()}


@writes_are_faithful.broken
class Zoneless(Shelf):
    """Takes every time for UTC."""

    def kept(self, given: dict[str, Any]) -> dict[str, Any]:
        """Drop the offset."""
        return {k: v[:19] + "Z" if k == "due_at" else v for k, v in given.items()}

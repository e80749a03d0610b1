"""
A reference of ours that is used twice is refused, or leads to the same record.

Why it matters
    When keys are lost, as in a restart, our own order number is the last guard against doing
    things twice.

How it asks
    It creates something with a reference of its own, and again something with the same one.

Limits
    Only for members that are named like a key of the caller's (``reference``, ``external_id``).
    Where the document knows no conflict (409) and an idempotency key guards the creation, two
    records with one reference may well be meant: that is information.
"""

from __future__ import annotations

from typing import Any

import orjson
from msgspec.structs import replace

from verifier.checks.duplicates import carrier_of, invisible, kept, succeeded
from verifier.checks.specimens import ITEMS, Shelf, document
from verifier.model import (
    Draw,
    Effect,
    Finding,
    Flow,
    Fresh,
    Level,
    Question,
    Request,
    Resource,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)

# What is said to a reference that is taken.
REFUSED = frozenset({400, 409, 422})


def _field(resource: Resource, vendor: Vendor) -> str:
    for convention in vendor.contract.conventions_of("natural-key"):
        if resource.create in convention.operations:
            return str(convention.detail.get("fields", {}).get(resource.create, ""))
    return ""


def _matters(resource: Resource, vendor: Vendor) -> bool:
    operation = vendor.contract.operation(resource.create)
    keyed = carrier_of(vendor.contract, operation) is not None
    return not keyed or any(spec.status == "409" for spec in operation.responses)


def _applies(resource: Resource, vendor: Vendor) -> str:
    return "" if _field(resource, vendor) else "its creation takes no key of the caller's"


@check(
    question=Question.DUPLICATES,
    severity=Severity.MINOR,
    effect=Effect.WRITE,
    source="common practice; RFC 9110, 15.5.10 (409)",
    catches="duplicates-natural-key",
    price=4,
    applies=_applies,
)
def natural_key_guarded(resource: Resource, vendor: Vendor) -> Flow:
    name = _field(resource, vendor)
    ours = yield Fresh(24)
    drawn = yield Draw(operation=resource.create, body={name: ours})
    first = yield Send(drawn.request)
    yield from succeeded(resource, first)
    yield from kept(resource, first, drawn.case.draft.path)
    drawn = yield Draw(operation=resource.create, body={name: ours})
    second = yield Send(drawn.request)
    made = [resource.item_in(answer.value) or {} for answer in (first, second)]
    if second.status in REFUSED:
        return ()
    yield from succeeded(resource, second)
    ids = [resource.id_of(item) for item in made]
    if None in ids or made[0].get(name, ours) != ours:
        yield invisible(resource)
    if ids[0] == ids[1]:
        return ()
    return (
        Finding(
            says=f"Two {resource.name} may have the same {name}.",
            signature=f"duplicates-natural-key:{name}",
            operation=resource.create,
            evidence=(first.id, second.id),
            expected="409, or the first one again",
            seen=f"{second.answer}, with another id",
            level=Level.WARNING if _matters(resource, vendor) else Level.INFORMATION,
            ask=f"Refuse a second record with the same {name}, or offer a search by it.",
            build=f"Look for our {name} before creating.",
        ),
    )


def _referenced() -> dict[str, Any]:
    """The standard document, its items with a reference of the caller's."""
    reference = {"reference": {"type": "string", "maxLength": 40}}
    schemas = {
        name: {**schema, "properties": {**schema["properties"], **reference}}
        for name, schema in ITEMS["components"]["schemas"].items()
    }
    return document(components={**ITEMS["components"], "schemas": schemas})


class Referenced(Shelf):
    """Keeps references, whoever has them."""

    def parse(
        self, request: Request, required: tuple[str, ...] = ()
    ) -> tuple[dict[str, Any], Response | None]:
        """The body with its reference."""
        try:
            whole = orjson.loads(request.body)
        except ValueError:
            whole = None
        kept = {"reference": whole.pop("reference")} if _refers(whole) else {}
        plain = request if whole is None else replace(request, body=orjson.dumps(whole))
        given, wrong = super().parse(plain, required)
        return given | kept, wrong


def _refers(whole: Any) -> bool:
    return isinstance(whole, dict) and isinstance(whole.get("reference"), str)


@natural_key_guarded.healthy(document=_referenced())
class Guarded(Referenced):
    """Refuses a reference that stands already."""

    def create(self, request: Request) -> Response:
        """Create, unless the reference is used."""
        given, _ = self.parse(request)
        used = [item.get("reference") for item in self.items.values()]
        if given.get("reference") and given["reference"] in used:
            return self.problem(409, "That reference is used")
        return super().create(request)


natural_key_guarded.broken(Referenced, document=_referenced())

"""What can be called, one function each."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from verifier.errors import UsageError
from verifier.mocking.control.call import Call, Verb
from verifier.mocking.repertoire import known_faults

__all__ = ["VERBS"]

SCRIPT = {
    "type": "object",
    "required": ["operation"],
    "properties": {
        "operation": {"type": "string", "description": "Id, or 'POST /invoices'; * allowed."},
        "fault": {"type": "string", "default": "status"},
        "with": {"type": "object", "description": "Options of the fault."},
        "times": {"type": "integer", "minimum": 0, "description": "How often; 0 is without end."},
        "after": {"type": "integer", "minimum": 0, "description": "So many are let pass first."},
        "every": {"type": "integer", "minimum": 1},
        "window": {
            "type": "array",
            "items": {"type": ["number", "null"]},
            "description": "From when to when, in seconds of the mock's clock from now.",
        },
        "client": {"type": "string", "description": "Name of a principal."},
        "header": {"type": "string", "description": "'X-Test: 7'"},
        "probability": {"type": "number", "minimum": 0, "maximum": 1},
    },
    "additionalProperties": False,
}
WHICH = {
    "operation": "Id or key; * allowed.",
    "client": "Name of a principal; * allowed.",
    "key": "The idempotency key.",
    "status": "What was answered.",
    "since": "Only what was received after the entry of this serial.",
}


def see_clock(call: Call) -> Any:
    """Tell the time."""
    clock = call.mock.clock
    return {"moment": clock.now(), "frozen": clock.frozen}


def move_clock(call: Call) -> Any:
    """Move the clock on, let it stand still, or let it flow."""
    known = {"advance_seconds", "frozen"}
    if not call.body or not call.body.keys() <= known:
        raise UsageError("nothing that the clock understands", mend=f"Give {' or '.join(known)}.")
    if not isinstance(call.body.get("frozen", False), bool):
        raise UsageError("'frozen' is neither true nor false", mend='Give {"frozen": true}.')
    if "frozen" in call.body:
        (call.mock.clock.freeze if call.body["frozen"] else call.mock.clock.flow)()
    if "advance_seconds" in call.body:
        call.mock.advance(call.number("advance_seconds"))
    return see_clock(call)


def see_scripts(call: Call) -> Any:
    """List the scripts, and how often each took hold."""
    return {"scripts": call.mock.scripts.told()}


def write_script(call: Call) -> Any:
    """Let a fault take hold of coming requests."""
    return call.mock.script(call.body).told()


def drop_scripts(call: Call) -> Any:
    """Forget every script."""
    call.mock.scripts.clear()


def see_ledger(call: Call) -> Any:
    """Tell what was received, decided, committed and answered."""
    ledger = call.mock.ledger
    entries = ledger.entries(
        call.query.get("operation", "*"),
        client=call.query.get("client", "*"),
        key=call.query.get("key", "*"),
        status=call.whole("status"),
        since=call.whole("since"),
    )
    return {
        "received": ledger.received,
        "forgotten": ledger.forgotten,
        "entries": [call.told.entry(entry) for entry in entries],
    }


def see_effects(call: Call) -> Any:
    """Tell what was done to the state, and by which request: once is once."""
    found = call.mock.ledger.effects(
        call.query.get("operation", "*"),
        client=call.query.get("client", "*"),
        key=call.query.get("key", "*"),
    )
    effects = [{"serial": e.serial, "key": e.key, **asdict(f)} for e, f in found]
    return {"effects": effects}


def see_state(call: Call) -> Any:
    """Tell what is kept of a resource."""
    rows = call.mock.rows(call.path["resource"])
    return {"items": [{"id": r.id, "tenant": r.tenant, "value": r.value} for r in rows]}


def seed(call: Call) -> Any:
    """Keep items of a resource, as if they had been created."""
    items = call.body.get("items")
    if not isinstance(items, list):
        raise UsageError("'items' is no list", mend='Give {"items": [{...}]}.')
    tenant = call.body.get("tenant")
    rows = call.mock.seed(
        call.path["resource"], items, tenant=None if tenant is None else str(tenant)
    )
    return {"ids": [row.id for row in rows]}


def reset(call: Call) -> Any:
    """Begin again: state, keys, tokens, ledger and scripts; the clock goes on."""
    call.mock.reset()


def refuse(call: Call) -> Any:
    """Drop every client, and refuse connections for so many seconds."""
    call.mock.refuse(call.number("seconds"))


def change_principal(call: Call) -> Any:
    """Let a principal's credentials expire, revoke them, or make them good again."""
    name, act = call.path["name"], call.path["act"]
    vault = call.mock.vendor.vault
    if name not in call.mock.secrets:
        known = ", ".join(call.mock.secrets)
        raise UsageError(f"there is no principal '{name}'", mend=f"Known: {known}.")
    if act == "expire":
        vault.expire(name, call.mock.clock.now())
    elif act == "revoke":
        vault.revoke(name)
    elif act == "restore":
        vault.restore(name)
    else:
        raise UsageError(f"nobody can {act} a principal", mend="expire, revoke or restore.")


def see_faults(call: Call) -> Any:
    """List the faults and their options."""
    return {"faults": [_fault(name) for name in known_faults()]}


def _fault(name: str) -> dict[str, Any]:
    fault = known_faults()[name]
    options = [asdict(option) for option in fault.described]
    return {"name": name, "title": fault.title, "options": options}


ITEMS = {
    "type": "object",
    "required": ["items"],
    "properties": {
        "items": {"type": "array", "items": {"type": "object"}},
        "tenant": {"type": "string", "description": "Whose they are; the first principal's."},
    },
    "additionalProperties": False,
}
CLOCK = {
    "type": "object",
    "minProperties": 1,
    "properties": {
        "advance_seconds": {"type": "number", "minimum": 0, "maximum": 1_000_000_000},
        "frozen": {"type": "boolean"},
    },
    "additionalProperties": False,
}
SECONDS = {
    "type": "object",
    "required": ["seconds"],
    "properties": {"seconds": {"type": "number", "minimum": 0}},
    "additionalProperties": False,
}
VERBS = (
    Verb(method="GET", path="/clock", does=see_clock),
    Verb(method="POST", path="/clock", does=move_clock, body=CLOCK),
    Verb(method="GET", path="/scripts", does=see_scripts),
    Verb(method="POST", path="/scripts", does=write_script, body=SCRIPT, status=201),
    Verb(method="DELETE", path="/scripts", does=drop_scripts, status=204),
    Verb(method="GET", path="/ledger", does=see_ledger, query=WHICH),
    Verb(
        method="GET",
        path="/effects",
        does=see_effects,
        query={name: WHICH[name] for name in ("operation", "client", "key")},
    ),
    Verb(method="GET", path="/state/{resource}", does=see_state),
    Verb(method="POST", path="/state/{resource}", does=seed, body=ITEMS, status=201),
    Verb(method="POST", path="/reset", does=reset, status=204),
    Verb(method="POST", path="/refuse", does=refuse, body=SECONDS, status=204),
    Verb(method="POST", path="/principals/{name}/{act}", does=change_principal, status=204),
    Verb(method="GET", path="/faults", does=see_faults),
)

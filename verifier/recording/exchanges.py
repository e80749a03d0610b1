"""Exchanges, outcomes and the rest as JSON, and back."""

from __future__ import annotations

import base64
import dataclasses
import enum
from collections.abc import Mapping
from typing import Any

import orjson
from msgspec import Struct, structs

from verifier.model import (
    Confidence,
    Delivery,
    Exchange,
    Failure,
    FailureKind,
    Finding,
    Form,
    Identity,
    Intent,
    Level,
    Omitted,
    Outcome,
    Plan,
    Planned,
    Pointer,
    Request,
    Response,
    RunFacts,
    Severity,
    Signature,
    Status,
    Story,
    Timing,
)

__all__ = [
    "dump",
    "load_delivery",
    "load_exchange",
    "load_facts",
    "load_intent",
    "load_outcome",
    "load_plan",
]


LONGEST_INTEGER = 2**63 - 1


def dump(noun: Any) -> bytes:
    """Any noun of the model as JSON."""
    try:
        return orjson.dumps(noun, default=_foreign)
    except orjson.JSONEncodeError:
        # Half a surrogate pair, a key that is no text, a number of forty digits: rare, and slow.
        return orjson.dumps(_plain(noun), default=str)


def _foreign(value: Any) -> Any:
    """What the encoder does not know, as something that it does."""
    if isinstance(value, Struct):
        return structs.asdict(value)
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, (set, frozenset)) else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, str):
        # Half a surrogate pair, as a hostile answer may hold, has no UTF-8.
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, int) and abs(value) > LONGEST_INTEGER:
        return str(value)
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, Struct):
        return _plain(structs.asdict(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = (f.name for f in dataclasses.fields(value) if not f.name.startswith("_"))
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {_plain(str(k)): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return value


def _bytes(value: Any) -> bytes:
    return base64.b64decode(value["base64"]) if isinstance(value, Mapping) else b""


def load_exchange(raw: bytes) -> Exchange:
    """An exchange from its JSON."""
    data = orjson.loads(raw)
    request, response, failure = data["request"], data["response"], data["failure"]
    return Exchange(
        id=data["id"],
        request=_request(request),
        response=None
        if response is None
        else Response(
            **{
                **response,
                "headers": _pairs(response["headers"]),
                "body": _bytes(response["body"]),
            }
        ),
        failure=None
        if failure is None
        else Failure(
            **{
                **failure,
                "kind": FailureKind(failure["kind"]),
                "received": _bytes(failure["received"]),
            }
        ),
        timing=Timing(**data["timing"]),
        started=data["started"],
        base_url=data["base_url"],
        purpose=data["purpose"],
    )


def _request(data: dict[str, Any]) -> Request:
    identity = data.pop("identity")
    return Request(
        **{**data, "headers": _pairs(data["headers"]), "body": _bytes(data["body"])},
        identity=Identity(principal=identity["principal"], form=Form(identity["form"])),
    )


def load_intent(raw: bytes) -> Intent:
    """An intent from its JSON."""
    data = orjson.loads(raw)
    return Intent(**{**data, "request": _request(data["request"]), "maybe": tuple(data["maybe"])})


def load_delivery(raw: bytes) -> Delivery:
    """A delivery from its JSON."""
    data = orjson.loads(raw)
    return Delivery(
        **{
            **data,
            "headers": _pairs(data["headers"]),
            "body": _bytes(data["body"]),
            "signature": Signature(**data["signature"]),
        }
    )


def _pairs(value: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in value)


def load_outcome(raw: bytes) -> Outcome:
    """An outcome from its JSON."""
    data = orjson.loads(raw)
    return Outcome(
        **{
            **data,
            "status": Status(data["status"]),
            "findings": tuple(_finding(f) for f in data["findings"]),
            "attempts": tuple(data["attempts"]),
            "story": Story.from_data(data["story"]) if data.get("story") else None,
        }
    )


def _finding(data: dict[str, Any]) -> Finding:
    at, severity = data["at"], data["severity"]
    return Finding(
        **{
            **data,
            "at": None if at is None else Pointer(at["file"], at["path"]),
            "evidence": tuple(data["evidence"]),
            "level": Level(data["level"]),
            "severity": None if severity is None else Severity(severity),
            "confidence": Confidence(data["confidence"]),
        }
    )


def load_plan(raw: bytes) -> Plan:
    """A plan from its JSON."""
    data = orjson.loads(raw)
    return Plan(
        **{
            **data,
            "items": tuple(Planned(**item) for item in data["items"]),
            "omitted": tuple(Omitted(**item) for item in data["omitted"]),
        }
    )


def load_facts(raw: bytes) -> RunFacts:
    """A run's facts from their JSON."""
    data = orjson.loads(raw)
    return RunFacts(**{**data, "misbehaviours": tuple(data["misbehaviours"])})

"""The keys that were used, and what the first request under each was told."""

from __future__ import annotations

import hashlib
import math
from typing import Any

import orjson
from msgspec import Struct
from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.mocking.refusal import Refusal
from verifier.model import KeyDialect
from verifier.wire import Answer

__all__ = ["Claim", "Keys"]

MOST_KEYS = 50_000
Id = tuple[str, ...]


class _Use(Struct):
    """The first use of a key; ``done`` is when it was, or will be, answered."""

    mark: bytes
    expires: float
    done: float = math.inf
    answer: Answer | None = None


class Claim(Struct, frozen=True, kw_only=True):
    """
    What a key makes of a request.

    Args:
        fresh: It is to be carried out, and its answer to be remembered.
        decision: What it gets instead: the first answer, or a refusal.
        wait_seconds: Until that can be said.
        why: In a word.
    """

    id: Id
    key: str
    fresh: bool = False
    decision: Answer | Refusal | None = None
    wait_seconds: float = 0.0
    why: str = ""


class Keys:
    """Remembers uses of keys, by scope; beyond a bound the oldest is forgotten."""

    def __init__(self, dialect: KeyDialect) -> None:
        self.dialect = dialect
        self._uses: dict[Id, _Use] = {}

    def claim(self, asked: Asked, now: float) -> Claim | None:
        """What a request's key makes of it; None where it carries none and needs none."""
        key = self._key(asked)
        if not key:
            return (
                Claim(id=(), key="", decision=_missing(self.dialect), why="no key")
                if (self.dialect.required)
                else None
            )
        if 0 < self.dialect.longest < len(key):
            return Claim(id=(), key=key, decision=_too_long(self.dialect), why="key too long")
        id = self._scope(asked, key)
        use = self._uses.get(id)
        if use is None or now >= use.expires:
            self._begin(id, _mark(asked), now)
            return Claim(id=id, key=key, fresh=True, why="first use")
        return self._again(use, id, key, _mark(asked), now)

    def settle(self, claim: Claim, answer: Answer, now: float, *, executed: bool) -> None:
        """Remember the answer of a fresh request, or let go of its key."""
        use = self._uses.get(claim.id)
        if use is None or not claim.fresh:
            return
        if executed and _is_stored(self.dialect.stored, answer.status):
            use.answer, use.done = answer, now
        else:
            del self._uses[claim.id]

    def release(self, claim: Claim) -> None:
        """Forget that a key was used."""
        self._uses.pop(claim.id, None)

    def marked(self, claim: Claim, answer: Answer) -> Answer:
        """An answer with what tells that it is given again."""
        dialect = self.dialect
        if not dialect.marker or (claim.fresh and dialect.marked != "all"):
            return answer
        name, _, value = dialect.marker.partition(":")
        header = (name.strip(), value.strip().replace("{key}", claim.key))
        return replace(answer, headers=(*answer.headers, header))

    def forget(self) -> None:
        """Begin anew."""
        self._uses.clear()

    def _key(self, asked: Asked) -> str:
        name = self.dialect.name
        match self.dialect.carrier:
            case "body":
                found: Any = asked.body.get(name)
            case "query":
                found = asked.draft.query.get(name)
            case _:
                found = asked.incoming.header(name)
        # The draft wants a structured string, in quotes; most vendors take the bare text.
        return str(found).strip('"') if found is not None else ""

    def _scope(self, asked: Asked, key: str) -> Id:
        parts = {
            "tenant": asked.caller.tenant,
            "principal": asked.caller.name,
            "operation": asked.operation.key,
        }
        return (*(parts[part] for part in self.dialect.scope), key)

    def _begin(self, id: Id, mark: bytes, now: float) -> None:
        lifetime = self.dialect.lifetime_seconds
        self._uses.pop(id, None)
        self._uses[id] = _Use(mark, now + lifetime if lifetime else math.inf)
        if len(self._uses) > MOST_KEYS:
            del self._uses[next(iter(self._uses))]

    def _again(self, use: _Use, id: Id, key: str, mark: bytes, now: float) -> Claim:
        dialect = self.dialect
        if use.mark != mark and dialect.mismatch == "refuse":
            return Claim(id=id, key=key, decision=_reused(dialect), why="key reused")
        if now < use.done and (dialect.in_flight == "refuse" or use.answer is None):
            return Claim(id=id, key=key, decision=_in_flight(dialect), why="key in use")
        first = use.answer
        if first is not None and dialect.replay_status and first.status < 300:
            first = replace(first, status=dialect.replay_status)
        wait = max(0.0, use.done - now)
        return Claim(id=id, key=key, decision=first, wait_seconds=wait, why="replayed")


def _is_stored(stored: str, status: int) -> bool:
    match stored:
        case "success":
            return status < 300
        case "not-429-5xx":
            return status != 429 and status < 500
        case "not-4xx":
            return not 400 <= status < 500
    return True


def _mark(asked: Asked) -> bytes:
    """What a request is recognised by: path, query and the values of its body."""
    draft = asked.draft
    told = draft.body if draft.has_body else (draft.raw_body or asked.incoming.body)
    plain = told if isinstance(told, bytes) else _dumped(told)
    return hashlib.blake2b(asked.incoming.target.encode() + b"\0" + plain).digest()


def _dumped(value: Any) -> bytes:
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        return repr(value).encode()


def _missing(dialect: KeyDialect) -> Refusal:
    says = f"This operation needs a key in '{dialect.name}'."
    return Refusal(status=400, code="idempotency_key_required", says=says)


def _too_long(dialect: KeyDialect) -> Refusal:
    says = f"A key has at most {dialect.longest} characters."
    return Refusal(status=400, code="idempotency_key_invalid", says=says)


def _reused(dialect: KeyDialect) -> Refusal:
    says = "This idempotency key was used with another request."
    return Refusal(status=dialect.mismatch_status, code=dialect.mismatch_code, says=says)


def _in_flight(dialect: KeyDialect) -> Refusal:
    says = "The first request with this idempotency key is still being dealt with."
    return Refusal(status=dialect.in_flight_status, code=dialect.in_flight_code, says=says)

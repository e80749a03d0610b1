"""How a vendor takes idempotency keys, along eight axes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any
from urllib.parse import parse_qsl

from msgspec import Struct

from verifier.dialects.saying import documented, observed, unknown
from verifier.model import Axis, Contract, Convention, Dialect, Exchange, Operation, Response

__all__ = ["Keys"]

MOST_USES = 3_000
MOST_PAIRS = 40
CORRECTED = "successes; a refusal may be corrected"
MARK = re.compile(r"idempot|replay|repeat", re.IGNORECASE)
SPAN = re.compile(
    r"(?:within|for|after|valid|expire\w*|remember\w*|kept|stored|at least)[^.\n]{0,40}?"
    r"(\d+|a|one)[ -]?(minute|hour|day|week|month|h\b|min\b)",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[^.\n]*idempoten[^.\n]*(?:\.[^.\n]*){0,2}", re.IGNORECASE)
REFUSED = range(400, 500)
LIMITED = 429


class _Use(Struct, frozen=True):
    """One request under a key, as far as it matters."""

    id: str
    who: str
    operation: str
    body: bytes
    begins: float
    ends: float
    status: int
    answer: bytes
    headers: tuple[tuple[str, str], ...]


class Keys:
    """
    Hears requests that carry a key, and those that could have.

    Args:
        carrier: Where keys go.
    """

    def __init__(self, contract: Contract, carrier: Convention) -> None:
        self._contract = contract
        self._carrier = carrier
        self._name = str(carrier.detail["name"])
        self._uses: dict[str, list[_Use]] = defaultdict(list)
        self._without: dict[bool, list[str]] = defaultdict(list)
        self._count = 0

    @classmethod
    def of(cls, contract: Contract) -> Keys | None:
        """An ear for a vendor's keys; None where the document knows of none."""
        found = contract.conventions_of("idempotency")
        named = [c for c in found if c.detail.get("name")]
        carrier = max(named, key=lambda c: (c.confidence, len(c.operations)), default=None)
        return None if carrier is None else cls(contract, carrier)

    def hear(self, exchange: Exchange) -> None:
        """Keep it where it carries a key, or was sent without one on purpose."""
        response = exchange.response
        if response is None or self._count >= MOST_USES:
            return
        if exchange.request.operation not in self._carrier.operations:
            return
        key = self._key(exchange)
        if not key:
            if exchange.purpose.endswith("required-key-required"):
                self._without[exchange.succeeded].append(exchange.id)
            return
        self._count += 1
        self._uses[key].append(_use(exchange, response))

    def dialect(self) -> Dialect:
        """The eight axes, and what follows of them."""
        axes = (
            documented("carrier", f"{self._carrier.style} {self._name}"),
            self._limits(),
            self._scope(),
            self._lifetime(),
            self._stored(),
            self._mismatch(),
            self._in_flight(),
            self._marker(),
        )
        known = {axis.name: axis for axis in axes}
        return Dialect(
            kind="idempotency",
            style=self._carrier.style,
            axes=axes,
            duties=tuple(_duties(known, self._carrier.style, self._name)),
        )

    def _key(self, exchange: Exchange) -> str:
        name, style = self._name, self._carrier.style
        request = exchange.request
        if style == "header":
            return request.header(name) or ""
        if style == "query":
            return dict(parse_qsl(request.query)).get(name, "")
        return _member(request.body, name)

    def _limits(self) -> Axis:
        longest = self._carrier.detail.get("longest")
        needed = "required" if self._carrier.detail.get("required") else "optional"
        size = f", at most {longest} characters" if longest else ""
        if self._without[False] and not self._without[True]:
            where = "" if self._carrier.detail.get("required") else ", where the document says so"
            return observed("key", f"required{where}{size}", self._without[False])
        if self._without[True]:
            return observed("key", f"optional{size}", self._without[True])
        return documented("key", f"{needed}{size}")

    def _scope(self) -> Axis:
        for first, again in self._pairs(lambda a, b: a.who != b.who and a.body == b.body):
            if first.status < 300 and again.status < 300:
                shared = first.answer == again.answer
                value = "shared by all principals" if shared else "each principal has its own"
                return observed("scope", value, (first.id, again.id))
        return unknown("scope")

    def _lifetime(self) -> Axis:
        for text in self._texts():
            for sentence in SENTENCE.findall(" ".join(text[:4000].split())):
                span = SPAN.search(sentence)
                if span:
                    number = "1" if span[1].lower() in ("a", "one") else span[1]
                    return documented("lifetime", f"{number} {span[2].lower()}s")
        return unknown("lifetime")

    def _texts(self) -> Iterator[str]:
        info = self._contract.document.root.get("info")
        if isinstance(info, Mapping) and isinstance(info.get("description"), str):
            yield info["description"]
        for key in self._carrier.operations[:20]:
            operation: Operation = self._contract.operation(key)
            for parameter in operation.parameters:
                if parameter.name == self._name:
                    # A description that belongs to the key need not name it.
                    yield f"Idempotency: {parameter.description}"
            yield operation.description

    def _stored(self) -> Axis:
        """Whether a refusal is remembered like a success."""
        kept: tuple[str, ...] = ()
        for first, again in self._pairs(lambda a, b: a.who == b.who and a.ends <= b.begins):
            refused = first.status in REFUSED and first.status not in (409, LIMITED)
            if refused and first.body != again.body:
                if again.status < 300:
                    return observed(
                        "stored", "successes; a refusal may be corrected", _ids(first, again)
                    )
                return observed("stored", "refusals too", _ids(first, again))
            if first.status < 300 and first.body == again.body and again.status < 300:
                kept = kept or _ids(first, again)
        return observed("stored", "successes", kept) if kept else unknown("stored")

    def _mismatch(self) -> Axis:
        for first, again in self._pairs(
            lambda a, b: a.who == b.who and a.ends <= b.begins and a.body != b.body
        ):
            if first.status >= 300 or again.status == LIMITED:
                continue
            if again.status in REFUSED:
                return observed("mismatch", f"refused with {again.status}", _ids(first, again))
            if again.status < 300:
                value = "the first answer" if first.answer == again.answer else "done anew"
                return observed("mismatch", value, _ids(first, again))
        return unknown("mismatch")

    def _in_flight(self) -> Axis:
        for first, again in self._pairs(lambda a, b: a.body == b.body and b.begins < a.ends):
            statuses = {first.status, again.status}
            refused = [s for s in statuses if s in REFUSED and s != LIMITED]
            if refused:
                return observed("in-flight", f"refused with {refused[0]}", _ids(first, again))
            if all(status < 300 for status in statuses):
                return observed("in-flight", "waits, and gets the first answer", _ids(first, again))
        return unknown("in-flight")

    def _marker(self) -> Axis:
        for first, again in self._pairs(
            lambda a, b: a.who == b.who and a.body == b.body and a.ends <= b.begins
        ):
            if first.status >= 300 or again.status >= 300:
                continue
            before = set(first.headers)
            new = [f"{k}: {v}" for k, v in again.headers if (k, v) not in before and MARK.search(k)]
            if new:
                return observed("marker", new[0][:80], _ids(first, again))
            changed = f"{again.status} instead of {first.status}"
            told = "none" if again.status == first.status else changed
            return observed("marker", told, _ids(first, again))
        return unknown("marker")

    def _pairs(self, fits: Any) -> Iterator[tuple[_Use, _Use]]:
        """Pairs of uses of one key, the earlier first."""
        for uses in self._uses.values():
            ordered = sorted(uses, key=lambda use: use.begins)[:MOST_PAIRS]
            for first, again in combinations(ordered, 2):
                if first.operation == again.operation and fits(first, again):
                    yield first, again


def _use(exchange: Exchange, response: Response) -> _Use:
    return _Use(
        id=exchange.id,
        who=exchange.request.identity.principal,
        operation=exchange.request.operation,
        body=exchange.request.body,
        begins=exchange.started,
        ends=exchange.ended,
        status=response.status,
        answer=response.body,
        headers=tuple((k.lower(), v) for k, v in response.headers if MARK.search(k)),
    )


def _member(body: bytes, name: str) -> str:
    import orjson  # start-up time

    try:
        value = orjson.loads(body)
    except ValueError:
        return dict(parse_qsl(body.decode("latin-1"))).get(name, "")
    held = value.get(name) if isinstance(value, Mapping) else None
    return held if isinstance(held, str) else ""


def _ids(*uses: _Use) -> tuple[str, ...]:
    return tuple(use.id for use in uses)


def _duties(known: Mapping[str, Axis], style: str, name: str) -> Iterator[str]:
    carriers = {
        "header": f"the header {name}",
        "query": f"the query parameter {name}",
        "body": f"the body member {name}",
    }
    yield (
        f"Send {carriers[style]} with every creation: a new key for each thing to be done, the "
        "same key and the very same body on every retry. Keep the key before sending."
    )
    mismatch, in_flight = known["mismatch"].value, known["in-flight"].value
    if mismatch.startswith("refused"):
        yield f"On {mismatch[-3:]}, stop: the key was used for another body, which is our fault."
    elif mismatch:
        yield "Never use a key again for another body: the vendor does not refuse it."
    if in_flight.startswith("refused"):
        yield f"On {in_flight[-3:]} to a retry, wait and send it again: the first is under way."
    if "refusals too" in known["stored"].value:
        yield "After a refusal, correct the request and send it under a new key."
    elif "corrected" in known["stored"].value:
        yield "After a refusal, the corrected request may go under the same key."
    marker = known["marker"].value
    if marker and marker != "none":
        yield f"A retry that was done before is told by {marker}."
    lifetime = known["lifetime"].value
    yield (
        f"Do not retry under a key after {lifetime}: it is forgotten by then."
        if lifetime
        else "Ask how long a key is remembered; until then, do not retry after an hour."
    )

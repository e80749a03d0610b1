"""What every answer carries: request id, date, limits, lifecycle, and what is documented."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256

from msgspec import Struct

from verifier.mocking.enforcement import HEADER, Enforcement
from verifier.mocking.lifecycle import signals
from verifier.mocking.limits.telling import Telling, documented, is_limit
from verifier.mocking.turn import Turn
from verifier.model import Contract, Header, Headers, Operation
from verifier.sampling import Unsatisfiable, sampler
from verifier.validating import Direction
from verifier.wire import Answer

__all__ = ["Headings"]

# What HTTP asks for where the document is silent is said, and labelled.
UNDOCUMENTED = "X-Verifier-Undocumented"
# Those that whoever decides gives, or nobody.
OTHERS = frozenset(("location", "etag", "link", "www-authenticate", "content-type", "allow"))


def _once(headers: Sequence[tuple[str, str]], given: int) -> Headers:
    """The first of each name; of those that were given, which are so many, all."""
    met = {name.lower() for name, _ in headers[:given]}
    kept = list(headers[:given])
    for header in headers[given:]:
        if header[0].lower() not in met:
            met.add(header[0].lower())
            kept.append(header)
    return tuple(kept)


class _Plan(Struct, frozen=True):
    """
    What the answers of one operation carry under one status.

    Args:
        names: Of all that is added, in lower case; None where one is there twice.
    """

    fixed: Headers = ()
    limits: tuple[Header, ...] = ()
    names: frozenset[str] | None = None


class Headings:
    """Completes an answer's headers."""

    def __init__(
        self, contract: Contract, telling: Telling, enforcement: Enforcement, seed: int
    ) -> None:
        self._seed = seed
        self._telling = telling
        self._enforcement = enforcement
        convention = contract.convention("request-id")
        self._request_id = str((convention.detail if convention else {}).get("name") or "")
        self._request_id = self._request_id or "X-Request-Id"
        self._plans: dict[tuple[str, int], _Plan] = {}
        self._bare = _Plan(names=self._names(()))
        self._date = (0, "")

    def complete(self, turn: Turn, answer: Answer) -> Answer:
        """The answer with everything that belongs on it."""
        digest = sha256(b"%d:%d" % (self._seed, turn.serial)).hexdigest()
        given, operation = answer.headers, turn.operation
        plan = self._bare if operation is None else self._planned(operation, answer.status)
        own: Headers = (("Date", self._dated(turn.now)), (self._request_id, f"req_{digest[:16]}"))
        if turn.undocumented:
            own = (*own, (UNDOCUMENTED, turn.undocumented))
        headers = (*given, *own, *plan.fixed)
        if turn.readings:
            headers = (*given, *own, *self._limits(plan, turn), *plan.fixed)
            headers = _once((*headers, *self._telling.tell(turn.readings, turn.now)), len(given))
        elif plan.names is None or not plan.names.isdisjoint([n.lower() for n, _ in given]):
            headers = _once(headers, len(given))
        return Answer(
            status=answer.status,
            headers=headers,
            body=answer.body,
            reason=answer.reason,
            delivery=answer.delivery,
        )

    def _planned(self, operation: Operation, status: int) -> _Plan:
        plan = self._plans.get((operation.key, status))
        if plan is None:
            plan = self._plans[operation.key, status] = self._plan(operation, status)
        return plan

    def _limits(self, plan: _Plan, turn: Turn) -> Iterator[tuple[str, str]]:
        """What is left of the caller's quotas, in the headers that the document names for it."""
        for header in plan.limits:
            value = documented(header, turn.readings, turn.now)
            if value:
                yield header.name, value

    def _plan(self, operation: Operation, status: int) -> _Plan:
        spec = operation.response(status)
        known = spec.headers if spec is not None else ()
        limits = tuple(header for header in known if is_limit(header.name))
        valued = [self._valued(header) for header in known if header not in limits]
        fixed = [header for header in valued if header is not None]
        fixed += signals(operation)
        unenforced = self._enforcement.header(operation)
        fixed += [(HEADER, unenforced)] if unenforced else []
        fixed += [(UNDOCUMENTED, f"the document names no {status} here")] if spec is None else []
        return _Plan(tuple(fixed), limits, self._names(fixed))

    def _names(self, fixed: Sequence[tuple[str, str]]) -> frozenset[str] | None:
        added = ["date", self._request_id.lower(), *(name.lower() for name, _ in fixed)]
        return frozenset(added) if len(set(added)) == len(added) else None

    def _dated(self, now: float) -> str:
        second = int(now)
        if self._date[0] != second:
            when = datetime.fromtimestamp(second, UTC)
            self._date = second, format_datetime(when, usegmt=True)
        return self._date[1]

    def _valued(self, header: Header) -> tuple[str, str] | None:
        name = header.name.lower()
        if name in OTHERS:
            return None
        if name == "retry-after":
            return header.name, "1"
        if "request-id" in name or "requestid" in name or not header.required:
            return None
        if header.schema is None:
            return header.name, "mock"
        rng = random.Random(f"{self._seed}:{name}")  # noqa: S311  (a mock's data)
        try:
            return header.name, str(sampler(header.schema, Direction.RESPONSE).typical(rng))
        except Unsatisfiable:
            return None
